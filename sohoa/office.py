"""The counter wired from an application: cases, results, terms and printed forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dossiers.agencies import AgencyDirectory, load_agencies
from dossiers.calendar_file import load_calendar
from dossiers.case_desk import CaseDesk
from dossiers.case_file import CaseFile, read_case_file
from dossiers.case_moves import CaseMoves, load_case_moves
from dossiers.catalogue import Catalogue
from dossiers.codes.agency_code import AgencyCode
from dossiers.deadline_rules import load_deadline_rules
from dossiers.deadlines import Deadlines
from dossiers.declaration import (
    confirmed_values,
    declaration_facts,
    load_declaration,
    no_declaration,
    values_by_sex,
)
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.form_facts import LISTS, VALUES, FormContext, facts_of
from dossiers.form_template import FormId, FormTemplate, check_places, load_template, places_in
from dossiers.local_time import day_in_vietnam
from dossiers.ports import Clock, ObjectStore, RecordStore
from dossiers.printed_form import FormPrinter
from dossiers.procedures import Procedure
from dossiers.register import register_facts, register_number
from dossiers.result_desk import ResultDesk
from pipeline.forms.reportlab_printer import ReportlabFormPrinter
from sohoa.bootstrap import Application
from sohoa.clock import utc_now
from sohoa.settings import Settings

#: What events call a declaration; other forms are called by their ids.
DECLARATION: Final = "declaration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The parts of a counter."""

    settings: Settings
    records: RecordStore
    derivatives: ObjectStore
    catalogue: Catalogue
    agencies: AgencyDirectory
    deadlines: Deadlines
    moves: CaseMoves
    desk: CaseDesk
    results: ResultDesk
    printer: FormPrinter
    clock: Clock

    def case_file(self, dossier_id: str) -> CaseFile:
        """Everything about one case; NO_CASE where there is none."""
        with self.records.transaction() as work:
            return read_case_file(work, dossier_id)

    def procedure(self, file: CaseFile) -> Procedure | None:
        """The procedure of a case as it was on the day of opening, if the catalogue has it."""
        code, day = file.dossier.procedure_code, day_in_vietnam(file.dossier.opened_at)
        if code is None:
            return None
        agency = AgencyCode.parse(file.case.places.competent_agency)
        try:
            return self.catalogue.get(code, day, agency, file.case.variant)
        except RecordError:
            return None

    def template(self, form_id: FormId) -> FormTemplate:
        """The template in force here; BAD_FORM where it names places that are never filled."""
        template = load_template(form_id, self.settings.data_dir)
        check_places(template, VALUES, LISTS)
        return template

    def print_form(self, dossier_id: str, form_id: FormId) -> bytes:
        """A form about one case as PDF; what was printed is kept and noted."""
        template, file = self.template(form_id), self.case_file(dossier_id)
        with self.records.transaction() as work:
            number = register_number(work, file.case)
        pdf = self.printer.print_form(template, facts_of(template, file, self._context(file, number)))
        return self._kept(dossier_id, form_id.value, pdf)

    def print_declaration(
        self, dossier_id: str, declared: Mapping[str, str]
    ) -> tuple[bytes, tuple[str, ...]]:
        """The declaration of a case as PDF, and the names on which its confirmed papers disagree.

        What was printed is kept and noted.

        Raises:
            RecordError: NO_DECLARATION, there is no template for the procedure; NO_CASE.
        """
        file = self.case_file(dossier_id)
        number = file.dossier.procedure_code or ""
        template = load_declaration(number, self.settings.data_dir)
        if template is None:
            raise no_declaration(number)
        pdf = self.printer.print_form(template, declaration_facts(template, file, self.agencies, declared))
        asked = {place for block in template.blocks for place in places_in(block.text)}
        documents = file.documents
        conflicts = (*confirmed_values(documents).conflicts, *values_by_sex(documents).conflicts)
        self._kept(dossier_id, DECLARATION, pdf)
        return pdf, tuple(each for each in conflicts if each in asked)

    def print_register(self, point: str, first: date, last: date) -> bytes:
        """The register of a receiving point for some days of one year as PDF."""
        template = self.template(FormId.REGISTER)
        with self.records.transaction() as work:
            facts = register_facts(
                work,
                template,
                point=point,
                first=first,
                last=last,
                agencies=self.agencies,
                moves=self.moves,
            )
        return self.printer.print_form(template, facts)

    def _kept(self, dossier_id: str, form: str, pdf: bytes) -> bytes:
        """Keeps what was printed about a case and notes it."""
        key = self.derivatives.put_once(pdf)
        with self.records.transaction() as work:
            work.events.append(
                Event(
                    kind=EventKind.FORM_PRINTED,
                    dossier_id=dossier_id,
                    subject_id=key,
                    at=self.clock(),
                    detail=form,
                )
            )
        return pdf

    def _context(self, file: CaseFile, number: int) -> FormContext:
        clock = file.case.clock
        is_known = (
            clock.counts_from is None
            or clock.due_at is None
            or self.deadlines.calendar.is_known(clock.counts_from, day_in_vietnam(clock.due_at))
        )
        return FormContext(
            procedure=self.procedure(file),
            agencies=self.agencies,
            moves=self.moves,
            printed_at=self.clock(),
            register_number=number,
            is_provisional=not is_known,
        )


def make_office(application: Application, clock: Clock = utc_now) -> Office:
    """Wires a counter.

    Raises:
        ConfigurationError: a file of the office in the data folder cannot be used.
    """
    data_dir = application.settings.data_dir
    deadlines = Deadlines(calendar=load_calendar(data_dir), rules=load_deadline_rules(data_dir))
    moves = load_case_moves(data_dir)
    return Office(
        settings=application.settings,
        records=application.records,
        derivatives=application.derivatives,
        catalogue=application.catalogue,
        agencies=load_agencies(data_dir),
        deadlines=deadlines,
        moves=moves,
        desk=CaseDesk(
            records=application.records,
            catalogue=application.catalogue,
            deadlines=deadlines,
            moves=moves,
            clock=clock,
        ),
        results=ResultDesk(records=application.records, clock=clock),
        printer=ReportlabFormPrinter(),
        clock=clock,
    )
