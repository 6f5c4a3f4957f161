"""What was asked on the search screen, from the fields of its form.

Rule: an address holds no personal number and no field of a person's name: those are sent in the body only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.dossier_code import DossierCode, is_dossier_code
from dossiers.codes.personal_number import PersonalNumber
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import InputCode, InputError
from dossiers.search import Query
from reception.frame.person import Person
from reception.services import DeskServices

#: Hits of one look.
PAGE: Final = 50
#: Fields that may stand in an address and be kept under a name.
_PUBLIC: Final = ("q", "type", "from", "to", "agency", "tones")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The form as it was filled in; all texts without blanks at their ends.

    Attributes:
        q: a code, a personal number or words.
        person: a person's name.
        number: personal number.
        type_id: document type.
        first: first day, ISO.
        last: last day, ISO.
        agency: identifier of an agency.
        tones: whether tones must match.
        after: the dossier after which to go on.
    """

    q: str = ""
    person: str = ""
    number: str = ""
    type_id: str = ""
    first: str = ""
    last: str = ""
    agency: str = ""
    tones: bool = False
    after: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        asked = (self.q, self.person, self.number, self.type_id, self.first, self.last, self.agency)
        return not any(asked)

    @property
    def words(self) -> str:
        """What was asked as words, if it was."""
        return "" if _kind_of(self.q) else self.q

    def address(self) -> str:
        """The part of the question that may be kept, as the query of an address."""
        values = {
            "q": "" if _kind_of(self.q) == "number" else self.q,
            "type": self.type_id,
            "from": self.first,
            "to": self.last,
            "agency": self.agency,
            "tones": "1" if self.tones else "",
        }
        return urlencode({key: text for key, text in values.items() if text})


def question_of(form: Mapping[str, str]) -> Question:
    """Reads the fields of the form."""
    said = {key: text.strip() for key, text in form.items()}
    return Question(
        q=said.get("q", ""),
        person=said.get("person", ""),
        number=said.get("number", ""),
        type_id=said.get("type", ""),
        first=said.get("from", ""),
        last=said.get("to", ""),
        agency=said.get("agency", ""),
        tones=bool(said.get("tones")),
        after=said.get("after", ""),
    )


def query_of(question: Question, desk: DeskServices, person: Person) -> Query:
    """Makes the query; who may not see every branch asks about the own one only.

    Raises:
        InputError: a code, number or day is malformed.
    """
    kind = _kind_of(question.q)
    procedures: tuple[str, ...] = ()
    if kind == "procedure":
        procedures = desk.retrieval.codes(ProcedureCode.parse(question.q).number)
    number = question.q if kind == "number" else question.number
    is_everywhere = person.may("all_branches")
    asked = question.agency if is_everywhere else ""
    return Query(
        procedure_codes=procedures,
        agency_codes=desk.retrieval.agencies(AgencyCode.parse(asked).text) if asked else (),
        within=person.within,
        dossier_code=str(DossierCode.parse(question.q)) if kind == "dossier" else None,
        citizen_number=PersonalNumber.parse(number).digits if number else None,
        person=question.person or None,
        type_id=question.type_id or None,
        received_from=_day(question.first),
        received_to=_day(question.last),
        words=question.words or None,
        exact_tones=question.tones,
        older_than=question.after or None,
        limit=PAGE + 1,
    )


def _kind_of(text: str) -> str:
    """``dossier``, ``procedure`` or ``number`` where a text is one; empty for words."""
    if is_dossier_code(text):
        return "dossier"
    for kind, parse in (("procedure", ProcedureCode.parse), ("number", PersonalNumber.parse)):
        try:
            parse(text)
        except InputError:
            continue
        return kind
    return ""


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise InputError(InputCode.BAD_VALUE, "a day") from cause
