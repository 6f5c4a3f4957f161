"""What other places say of the same thing: other papers of the dossier, its codes, and the owner's store.

Rule: nothing is mended; the surer place is named and a clerk decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dossiers.citizens import NumberIndex
from dossiers.consistency import find_remarks
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.holder_lookup import find_known, owner_number
from dossiers.ports import UnitOfWork
from dossiers.reading import FieldValue, Source

#: What a person keeps from paper to paper, compared with papers confirmed before.
_LASTING: Final = ("person_name", "birth_date", "sex")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherValue:
    """What another place says.

    Attributes:
        value: there.
        source: how it was read there; ``None`` for a value that a clerk confirmed before.
        type_id: the paper it stands on.
        dossier_code: the dossier of that paper; empty for this one.
        kind: stable code of what does not fit, for example ``TONES_DIFFER``.
    """

    value: str
    source: Source | None
    type_id: str
    dossier_code: str
    kind: str


#: By name and raw text of a value of the document.
Others = Mapping[tuple[str, str], Sequence[OtherValue]]


def others_of(
    work: UnitOfWork, document: Document, dossier: Dossier, received: date, index: NumberIndex
) -> Others:
    """What other places say about the values of a document."""
    found: defaultdict[tuple[str, str], list[OtherValue]] = defaultdict(list)
    documents = work.documents.of_dossier(document.dossier_id)
    types = {each.document_id: each.type_id for each in documents}
    for remark in find_remarks(documents, received):
        for mine in remark.places:
            if mine.document_id != document.document_id:
                continue
            for theirs in remark.places:
                if theirs != mine and theirs.value.value is not None:
                    found[_key(mine.value)].append(
                        OtherValue(
                            value=theirs.value.value,
                            source=theirs.value.source,
                            type_id=types.get(theirs.document_id, ""),
                            dossier_code="",
                            kind=remark.kind.value,
                        )
                    )
    _from_own_codes(document, found)
    _from_store(work, document, dossier, index, found)
    return {key: tuple(dict.fromkeys(values)) for key, values in found.items()}


def _from_own_codes(document: Document, found: defaultdict[tuple[str, str], list[OtherValue]]) -> None:
    """The same field read twice on one paper, by letters and by a code, with different values."""
    for value in document.fields:
        for other in document.fields:
            is_same = other.name == value.name and other.source is not value.source
            if is_same and other.value is not None and value.value is not None and other.value != value.value:
                found[_key(value)].append(
                    OtherValue(
                        value=other.value,
                        source=other.source,
                        type_id=document.type_id,
                        dossier_code="",
                        kind="READ_TWICE",
                    )
                )


def _from_store(
    work: UnitOfWork,
    document: Document,
    dossier: Dossier,
    index: NumberIndex,
    found: defaultdict[tuple[str, str], list[OtherValue]],
) -> None:
    """Papers of the owner confirmed before, where this one bears the owner's number."""
    number = owner_number(work, dossier)
    known = find_known(work, number, index) if number else None
    own = {each.value for each in document.fields if each.name == "personal_number"}
    if number is None or known is None or number.text not in own:
        return
    entries = {each.entry for each in work.holders.numbers(known.holder_id)}
    for paper in work.papers.of_holder(known.holder_id):
        if paper.paper_id == document.document_id or paper.revoked_at or paper.subject not in entries:
            continue
        facts = {each.name: each for each in work.papers.facts(paper.paper_id)}
        for value in document.fields:
            fact = facts.get(value.name) if value.name in _LASTING else None
            if fact and fact.value and value.value and fact.value != value.value:
                found[_key(value)].append(
                    OtherValue(
                        value=fact.value,
                        source=None,
                        type_id=paper.type_id,
                        dossier_code=paper.dossier_code,
                        kind="STORE_DIFFERS",
                    )
                )


def _key(value: FieldValue) -> tuple[str, str]:
    return value.name, value.raw
