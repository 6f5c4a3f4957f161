"""The register (sổ theo dõi hồ sơ): the cases of one point, numbered from 1 within the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from dossiers.agencies import AgencyDirectory
from dossiers.case import Case
from dossiers.case_moves import CaseMoves
from dossiers.form_facts import short_time
from dossiers.form_template import FormTemplate
from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.ports import UnitOfWork
from dossiers.printed_form import FormFacts, PaperMark


def start_of_day(day: date) -> datetime:
    """The first moment of a day in Viet Nam, in UTC."""
    return datetime.combine(day, time(0), VIETNAM).astimezone(UTC)


def register_number(work: UnitOfWork, case: Case) -> int:
    """The number of a case in the register of its receiving point and year; 0 where it is in none."""
    opened = day_in_vietnam(work.dossiers.get(case.dossier_id).opened_at)
    since = start_of_day(date(opened.year, 1, 1))
    return work.cases.place_since(since, case.dossier_id)


def register_facts(
    work: UnitOfWork,
    template: FormTemplate,
    *,
    point: str,
    first: date,
    last: date,
    agencies: AgencyDirectory,
    moves: CaseMoves,
) -> FormFacts:
    """The register of a point for a span of days within one year, both ends in it."""
    cases = work.cases.opened_between(start_of_day(first), start_of_day(last + timedelta(days=1)), point)
    number = register_number(work, cases[0]) if cases else 0
    rows = tuple(_row(work, each, number + place, moves) for place, each in enumerate(cases))
    agency = agencies.on(point, last)
    mark = PaperMark(dossier_code="", procedure_code="", owner_identifier=point, paper_name=template.name)
    values = {
        "receiving_name": agency.name,
        "parent_name": agency.parent_name,
        "book": f"01/{first.year}",
        "first_day": f"{first:%d/%m/%Y}",
        "last_day": f"{last:%d/%m/%Y}",
    }
    return FormFacts(values=values, lists={"entries": rows}, mark=mark)


def _row(work: UnitOfWork, case: Case, number: int, moves: CaseMoves) -> dict[str, str]:
    dossier = work.dossiers.get(case.dossier_id)
    return {
        "number": str(number),
        "code": dossier.code,
        "procedure": f"{dossier.procedure_code or ''} {dossier.title}".strip(),
        "owner": case.parties.owner.name,
        "received": short_time(case.clock.received_at),
        "due": short_time(case.clock.due_at),
        "ended": short_time(case.ended_at),
        "state": moves.state(case.state).vi,
    }
