"""Review: a named clerk confirms a document and its values; only then may anything of it be used again.

Rules: nothing extracted is reused unconfirmed; what was confirmed keeps what the machine had proposed beside
it; the paper goes to the store of the dossier's owner, who is the authoriser and never the bearer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossiers import paper_making
from dossiers.citizens import KnownNumber, NumberIndex, NumberKind, VaultAct, VaultEvent
from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.document import Document, DocumentState
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.dossier import Dossier
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.holder_lookup import entry_of, find_known, find_or_add, owner_number
from dossiers.page import PageState
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.reading import CopyKind, FieldValue
from dossiers.settling import Checklist, rules_of, settle
from dossiers.typed_value import typed_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a clerk says of a document.

    Attributes:
        clerk: the clerk's name, never empty.
        type_id: what it is; ``None`` for the proposed type.
        copy_kind: original or copy; ``None`` for what the machine saw, and an original where it saw nothing.
        corrections: values by field key as typed; ``""`` or ``-`` says that there is none.
    """

    clerk: str
    type_id: str | None = None
    copy_kind: CopyKind | None = None
    corrections: Mapping[str, str] = field(default_factory=dict)


class Review:
    """The use case of confirming."""

    def __init__(
        self, *, records: RecordStore, index: NumberIndex, checklist: Checklist, clock: Clock
    ) -> None:
        self._records = records
        self._index = index
        self._checklist = checklist
        self._clock = clock

    def confirm(self, document_id: str, said: Confirmation) -> ConfirmedPaper:
        """Confirms a document with its values, all or nothing.

        Raises:
            RecordError: ``NOT_FOUND``; ``ALREADY_CONFIRMED``; ``NO_CLERK``; ``TYPE_UNKNOWN``, nobody has said
                what it is.
            InputError: a correction has not the shape of its field.
            IllegalMove: the document was withdrawn.
        """
        if not said.clerk.strip():
            raise _no_clerk()
        with self._records.transaction() as work:
            document = work.documents.get(document_id)
            if work.papers.find(document_id) is not None:
                raise _already_confirmed(document_id)
            confirmed = _confirmed(work, document, said)
            facts = _facts(work, document, said.corrections)
            paper = self._paper(work, confirmed, facts, said)
            work.papers.add(paper, facts)
            self._link_old_number(work, paper, facts)
            for page in work.pages.of_dossier(document.dossier_id):
                if page.page_id in document.page_ids and page.state is PageState.IN_REVIEW:
                    work.pages.save(page.moved(PageState.FILED, document_id))
            dossier = work.dossiers.get(document.dossier_id)
            settle(work, dossier, rules_of(work, dossier, self._checklist))
            work.events.append(
                Event(
                    kind=EventKind.DOCUMENT_CONFIRMED,
                    dossier_id=document.dossier_id,
                    subject_id=document_id,
                    at=self._clock(),
                    detail=confirmed.type_id,
                )
            )
        return paper

    def _paper(
        self, work: UnitOfWork, document: Document, facts: Sequence[ConfirmedFact], said: Confirmation
    ) -> ConfirmedPaper:
        dossier = work.dossiers.get(document.dossier_id)
        holder_id, own = self._holder(work, dossier)
        return ConfirmedPaper(
            paper_id=document.document_id,
            holder_id=holder_id,
            dossier_id=dossier.dossier_id,
            dossier_code=dossier.code,
            procedure_code=dossier.procedure_code,
            type_id=document.type_id,
            page_count=len(document.page_ids),
            copy_kind=document.copy_kind,
            issued_on=paper_making.issued_on(facts),
            expires_on=paper_making.expires_on(facts),
            is_unlimited=paper_making.is_unlimited(facts),
            born_on=paper_making.born_on(facts),
            subject=paper_making.subject_of(facts, own, lambda number: entry_of(work, number, self._index)),
            claim=paper_making.claim_of(document.type_id, facts, self._index),
            purpose=paper_making.purpose_of(facts),
            confirmed_by=said.clerk.strip(),
            confirmed_at=self._clock(),
        )

    def _link_old_number(
        self, work: UnitOfWork, paper: ConfirmedPaper, facts: Sequence[ConfirmedFact]
    ) -> None:
        """A confirmed card of the owner that names the owner's old card number links the two (CMND → CCCD).

        One that is known as another person's is left to ``Vault.merge``: a clerk decides.
        """
        own = {each.entry for each in work.holders.numbers(paper.holder_id)}
        if not paper.holder_id or paper.subject not in own or not DOCUMENT_TYPES[paper.type_id].is_identity:
            return
        for number in paper_making.numbers_in(facts):
            is_old = number.kind is NumberKind.OLD_CARD
            if is_old and find_known(work, number, self._index) is None:
                entry = self._index.of(number)
                work.holders.add_number(
                    KnownNumber(
                        entry=entry,
                        holder_id=paper.holder_id,
                        kind=number.kind,
                        tail=number.tail,
                        since=self._clock(),
                    )
                )
                work.holders.add_event(
                    VaultEvent(
                        holder_id=paper.holder_id,
                        act=VaultAct.NUMBER_LINKED,
                        by=paper.confirmed_by,
                        at=self._clock(),
                        subject=entry,
                        reason=paper.paper_id,
                    )
                )

    def _holder(self, work: UnitOfWork, dossier: Dossier) -> tuple[str, frozenset[str]]:
        """The owner's holder id, made where it is new, and all entries; empty for a dossier without owner."""
        number = owner_number(work, dossier)
        if number is None:
            return "", frozenset()
        known = find_or_add(work, number, self._index, self._clock)
        return known.holder_id, frozenset(each.entry for each in work.holders.numbers(known.holder_id))


def _confirmed(work: UnitOfWork, document: Document, said: Confirmation) -> Document:
    type_id = said.type_id or document.type_id
    if type_id in (UNKNOWN, BLANK) or type_id not in DOCUMENT_TYPES:
        raise _type_unknown(document.document_id)
    seen = CopyKind.ORIGINAL if document.copy_kind is CopyKind.UNKNOWN else document.copy_kind
    is_done = document.state is DocumentState.CONFIRMED
    moved = document if is_done else document.moved(DocumentState.CONFIRMED)
    confirmed = replace(
        moved,
        type_id=type_id,
        copy_kind=said.copy_kind or seen,
        confidence=1.0,
        fields=tuple(_corrected(each, said.corrections) for each in document.fields),
    )
    others = work.documents.of_dossier(document.dossier_id)
    work.documents.replace_proposed(
        document.dossier_id,
        [confirmed if each.document_id == document.document_id else each for each in others],
    )
    return confirmed


def _corrected(value: FieldValue, corrections: Mapping[str, str]) -> FieldValue:
    if value.name not in corrections:
        return value
    return replace(value, value=typed_value(value.name, corrections[value.name]), alternatives=())


def _facts(work: UnitOfWork, document: Document, corrections: Mapping[str, str]) -> tuple[ConfirmedFact, ...]:
    """The values as confirmed, in the order of the document, then those that the clerk added."""
    pages = _pages_of_values(work, document)
    facts = []
    for value in document.fields:
        corrected = _corrected(value, corrections)
        facts.append(
            ConfirmedFact(
                name=value.name,
                value=corrected.value,
                proposed=value.value,
                raw=value.raw,
                page_id=pages.get(_place(value)),
                box=value.box,
                confidence=value.confidence,
                source=value.source,
                checks=value.checks,
            )
        )
    present = {value.name for value in document.fields}
    typed = [_typed(name, text) for name, text in corrections.items() if name not in present]
    return (*facts, *typed)


def _typed(name: str, text: str) -> ConfirmedFact:
    return ConfirmedFact(
        name=name,
        value=typed_value(name, text),
        proposed=None,
        raw="",
        page_id=None,
        box=None,
        confidence=1.0,
        source=None,
    )


def _pages_of_values(work: UnitOfWork, document: Document) -> Mapping[tuple[object, ...], str]:
    """On which page each value was read: the first page of the document whose reading has it."""
    pages: dict[tuple[object, ...], str] = {}
    for page_id in document.page_ids:
        found = work.pages.reading(page_id)
        for value in found[0].fields if found else ():
            pages.setdefault(_place(value), page_id)
    return pages


def _place(value: FieldValue) -> tuple[object, ...]:
    return value.name, value.raw, value.box


def _no_clerk() -> RecordError:
    return RecordError(
        "NO_CLERK",
        vi="Phải ghi rõ tên cán bộ xác nhận.",
        en="the name of the clerk who confirms is missing",
    )


def _already_confirmed(document_id: str) -> RecordError:
    return RecordError(
        "ALREADY_CONFIRMED",
        vi="Giấy tờ này đã được xác nhận trước đó.",
        en=f"document {document_id} has been confirmed already",
    )


def _type_unknown(document_id: str) -> RecordError:
    return RecordError(
        "TYPE_UNKNOWN",
        vi="Chưa rõ loại giấy tờ; hãy chọn loại trước khi xác nhận.",
        en=f"it is not known what document {document_id} is",
        hint="say what it is with --type",
    )
