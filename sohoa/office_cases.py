"""Cases at the desk and for programs; see ``reception.cases.ports.CaseCounter``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dossiers.case import Case
from dossiers.case_desk import Doing
from dossiers.case_order import FORM_OF, CaseOrder, carry_out
from dossiers.case_standing import CaseStanding, standing_of
from dossiers.errors import InputCode, InputError
from dossiers.form_template import FormId
from reception.cases.ports import PrintedForm
from sohoa.office import DECLARATION, Office


def order_case(office: Office, dossier_id: str, order: CaseOrder) -> tuple[Case, bytes | None]:
    """Does something to a case; returns it with the form that goes out, checked before anything is done."""
    form = FORM_OF.get(order.action)
    if form is not None:
        office.template(form)
    case = carry_out(office.desk, dossier_id, order)
    return case, office.print_form(dossier_id, form) if form is not None else None


def look_at(office: Office, dossier_id: str) -> CaseStanding:
    """Where a case stands now."""
    return standing_of(office.case_file(dossier_id), office.moves, office.deadlines, office.clock())


class OfficeCases:
    """The use cases over the office of the command line."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def standing(self, dossier_id: str) -> CaseStanding:
        """Where a case stands now."""
        return look_at(self._office, dossier_id)

    def carry_out(self, dossier_id: str, order: CaseOrder) -> PrintedForm | None:
        """Does something to a case and prints the form that goes out with it."""
        _, pdf = order_case(self._office, dossier_id, order)
        return None if pdf is None else self._kept(FORM_OF[order.action].value, pdf)

    def take_back(self, dossier_id: str, doing: Doing) -> None:
        """Takes back what was done last."""
        self._office.desk.take_back(dossier_id, doing)

    def print_form(self, dossier_id: str, form: FormId) -> PrintedForm:
        """Prints a form about a case as it is."""
        return self._kept(form.value, self._office.print_form(dossier_id, form))

    def print_declaration(self, dossier_id: str, declared: Mapping[str, str]) -> PrintedForm:
        """Prints the declaration of the procedure."""
        pdf, conflicts = self._office.print_declaration(dossier_id, declared)
        return self._kept(DECLARATION, pdf, conflicts)

    def print_register(self, point: str, first: date, last: date) -> bytes:
        """The register of a receiving point."""
        if last < first or last.year != first.year:
            raise InputError(InputCode.BAD_VALUE, "both days lie in one year, the last not before the first")
        return self._office.print_register(point, first, last)

    def _kept(self, form: str, pdf: bytes, conflicts: tuple[str, ...] = ()) -> PrintedForm:
        """Printing kept it; putting it again answers its key."""
        return PrintedForm(form=form, key=self._office.derivatives.put_once(pdf), conflicts=conflicts)
