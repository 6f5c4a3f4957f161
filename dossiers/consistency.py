"""Do the papers of a dossier say the same about the same people, and do their dates come in order?

Nothing is mended here: every remark names both places, and a clerk decides which of them is right. Names
that differ in their tones only are a remark of their own kind, since recognition loses tones more often than
people misspell them. Legally changed names and numbers exist, so a remark is no proof of a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from dossiers.document import Document, DocumentState
from dossiers.named_people import NamedPerson, people_of
from dossiers.reading import FieldValue, Source
from dossiers.text_folding import fold, tone_key


class RemarkKind(StrEnum):
    """What does not fit; the values are stable issue codes of documents."""

    NAMES_DIFFER = "NAMES_DIFFER"
    TONES_DIFFER = "TONES_DIFFER"
    BIRTHS_DIFFER = "BIRTHS_DIFFER"
    SEXES_DIFFER = "SEXES_DIFFER"
    NUMBERS_DIFFER = "NUMBERS_DIFFER"
    DATES_DISORDERED = "DATES_DISORDERED"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A value on a document."""

    document_id: str
    value: FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Two values that do not fit together, or one date that cannot be; the surer place first."""

    kind: RemarkKind
    places: tuple[Place, ...]


#: Papers that tell of a birth; the name on a ``giay_chung_sinh`` is only planned.
_BIRTH_PAPERS: Final = frozenset(
    {
        "giay_chung_sinh",
        "to_khai_khai_sinh",
        "giay_khai_sinh",
        "giay_khai_sinh_ban_sao",
        "trich_luc_khai_sinh",
    }
)
_PLANNED_NAME: Final = "giay_chung_sinh"
#: So many facts in common make two birth papers speak of one child.
_SAME_CHILD: Final = 2
_PARENTS: Final = ("mother_", "father_")
#: Of two dates on one document the first is not the later one.
_ORDERED: Final = (
    ("issue_date", "expiry_date"),
    ("issue_date", "certification_date"),
    ("registration_date", "issue_date"),
    ("death_date", "issue_date"),
    ("death_date", "registration_date"),
    ("birth_date", "death_date"),
    ("absence_start_date", "absence_end_date"),
    ("mother_birth_year", "birth_date"),
    ("father_birth_year", "birth_date"),
)
#: Days on which a paper was made: nobody is born after them, and they are past.
_MADE: Final = ("issue_date", "registration_date", "certification_date")
_PAST: Final = (*_MADE, "death_date", "birth_date")
_SURENESS: Final = {Source.QR: 0, Source.MRZ: 1, Source.BARCODE: 2, Source.PDF_TEXT: 3, Source.OCR: 4}


def find_remarks(documents: Sequence[Document], received: date) -> tuple[Remark, ...]:
    """Compares the documents of a dossier with each other.

    Args:
        documents: in any order; withdrawn ones are passed over.
        received: the day on which the last paper was received, in Viet Nam; later dates lie in the future.

    Returns:
        Remarks about people, then about dates; each pair of places once for each kind.
    """
    present = [each for each in documents if each.state is not DocumentState.WITHDRAWN]
    present.sort(key=lambda each: each.ordinal)
    people = [person for document in present for person in people_of(document)]
    found = [
        *_by_number(people),
        *_by_name(people),
        *_by_child(present),
        *(remark for document in present for remark in _dates(document, received)),
    ]
    return tuple(dict.fromkeys(found))


def with_remarks(documents: Sequence[Document], received: date) -> tuple[Document, ...]:
    """Returns the documents with the codes of the remarks about them as issues."""
    codes: dict[str, list[str]] = {}
    for remark in find_remarks(documents, received):
        for place in remark.places:
            codes.setdefault(place.document_id, []).append(remark.kind.value)
    return tuple(
        replace(each, issues=tuple(dict.fromkeys((*each.issues, *codes.get(each.document_id, ())))))
        for each in documents
    )


def _by_number(people: Sequence[NamedPerson]) -> Iterator[Remark]:
    """Everybody with the same number is compared with the surest mention of it."""
    groups: dict[str, list[NamedPerson]] = {}
    for person in people:
        if person.number is not None and person.number.value is not None:
            groups.setdefault(person.number.value, []).append(person)
    for group in groups.values():
        surest, *others = sorted(group, key=_unsureness)
        for other in others:
            yield from _names(surest, other)
            yield from _births(surest, other)
            yield from _differing(
                RemarkKind.SEXES_DIFFER, surest.document, surest.sex, other.document, other.sex
            )


def _by_name(people: Sequence[NamedPerson]) -> Iterator[Remark]:
    """The same name and the same day of birth, but another number: one of the numbers is misread."""
    groups: dict[tuple[str, str], list[NamedPerson]] = {}
    for person in people:
        number, day = _text(person.number), _text(person.birth)
        if person.name is not None and len(day) == len("2000-01-01") and len(number) == 12:
            groups.setdefault((fold(_text(person.name)), day), []).append(person)
    for group in groups.values():
        surest, *others = sorted(group, key=_unsureness)
        for other in others:
            yield from _differing(
                RemarkKind.NUMBERS_DIFFER, surest.document, surest.number, other.document, other.number
            )


def _by_child(documents: Sequence[Document]) -> Iterator[Remark]:
    """Each birth paper is compared with the earlier one that most surely speaks of the same child."""
    papers = [each for each in documents if each.type_id in _BIRTH_PAPERS]
    for at, paper in enumerate(papers):
        earlier = max(papers[:at], key=lambda each: _facts_in_common(each, paper), default=None)
        if earlier is not None and _facts_in_common(earlier, paper) >= _SAME_CHILD:
            yield from _child_remarks(earlier, paper)


def _child_remarks(one: Document, other: Document) -> Iterator[Remark]:
    mine, theirs = _fields(one), _fields(other)
    for name, kind in (("birth_date", RemarkKind.BIRTHS_DIFFER), ("sex", RemarkKind.SEXES_DIFFER)):
        yield from _differing(kind, one, mine.get(name), other, theirs.get(name))
    known, stated = ({each.role: each for each in people_of(paper)} for paper in (one, other))
    for role in ("", *_PARENTS):
        if role not in known or role not in stated:
            continue
        is_planned = not role and _PLANNED_NAME in {one.type_id, other.type_id}
        yield from (
            remark
            for remark in _names(known[role], stated[role])
            if not is_planned or remark.kind is RemarkKind.TONES_DIFFER
        )
        if role:
            yield from _births(known[role], stated[role])
            yield from _differing(
                RemarkKind.NUMBERS_DIFFER, one, known[role].number, other, stated[role].number
            )


def _facts_in_common(one: Document, other: Document) -> int:
    mine, theirs = _fields(one), _fields(other)
    names = ("person_name", "birth_date", "mother_name", "father_name", "personal_number")
    return sum(
        name in mine and name in theirs and fold(_text(mine[name])) == fold(_text(theirs[name]))
        for name in names
    )


def _names(one: NamedPerson, other: NamedPerson) -> Iterator[Remark]:
    mine, theirs = _text(one.name), _text(other.name)
    if one.name is None or other.name is None or tone_key(mine) == tone_key(theirs):
        return
    kind = RemarkKind.TONES_DIFFER if fold(mine) == fold(theirs) else RemarkKind.NAMES_DIFFER
    yield _remark(kind, one.document, one.name, other.document, other.name)


def _births(one: NamedPerson, other: NamedPerson) -> Iterator[Remark]:
    """A year is compared with the year of a day."""
    mine, theirs = _text(one.birth), _text(other.birth)
    length = min(len(mine), len(theirs))
    if one.birth is not None and other.birth is not None and mine[:length] != theirs[:length]:
        yield _remark(RemarkKind.BIRTHS_DIFFER, one.document, one.birth, other.document, other.birth)


def _differing(
    kind: RemarkKind, one: Document, mine: FieldValue | None, other: Document, theirs: FieldValue | None
) -> Iterator[Remark]:
    if mine is not None and theirs is not None and mine.value != theirs.value:
        yield _remark(kind, one, mine, other, theirs)


def _remark(kind: RemarkKind, one: Document, mine: FieldValue, other: Document, theirs: FieldValue) -> Remark:
    places = (
        Place(document_id=one.document_id, value=mine),
        Place(document_id=other.document_id, value=theirs),
    )
    return Remark(kind=kind, places=places)


def _dates(document: Document, received: date) -> Iterator[Remark]:
    known = _fields(document)
    births = [name for name in known if name.endswith("birth_date")]
    for first, second in (*_ORDERED, *((birth, made) for birth in births for made in _MADE)):
        if first in known and second in known and _is_after(_text(known[first]), _text(known[second])):
            yield _remark(RemarkKind.DATES_DISORDERED, document, known[first], document, known[second])
    for name, value in known.items():
        is_past = name in _PAST or name in births
        if is_past and _text(value) > received.isoformat():
            place = Place(document_id=document.document_id, value=value)
            yield Remark(kind=RemarkKind.DATE_IN_FUTURE, places=(place,))


def _is_after(one: str, other: str) -> bool:
    """Whether a date or year comes after another; a year is not after a day in it."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def _fields(document: Document) -> dict[str, FieldValue]:
    return {each.name: each for each in document.fields if each.value is not None}


def _text(value: FieldValue | None) -> str:
    return "" if value is None or value.value is None else value.value


def _unsureness(person: NamedPerson) -> tuple[int, float, int]:
    """Sorts mentions: by what the number was read from, then by how surely."""
    if person.number is None:
        return len(_SURENESS), 0.0, person.document.ordinal
    return _SURENESS[person.number.source], -person.number.confidence, person.document.ordinal
