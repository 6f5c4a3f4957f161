"""One dossier as the intake screen shows it, read in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from dossiers.document import Document, DocumentState
from dossiers.document_names import document_name, type_name
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.dossier import Dossier
from dossiers.events import EventKind
from dossiers.page import Page, PageState
from dossiers.page_groups import PageGroup, groups_of
from dossiers.ports import UnitOfWork
from dossiers.reading import PageReading
from dossiers.reuse_desk import ReuseAnswer
from dossiers.settling import reused_slots
from dossiers.slot import Slot, missing
from reception.intake.ports import ScanState
from reception.intake.slot_rows import SlotRow, Standing, slot_rows

#: What the feeder may find and no rescan mends: it tells, it does not ask.
_TOLD: Final = frozenset({"BLANK", "STREAK", "SAME_SHEET"})
#: What the feeder may find that asks for a rescan.
_ASKS: Final = frozenset(
    {
        "BLURRED",
        "TOO_DARK",
        "TOO_PALE",
        "CUT_EDGE",
        "FOLDED_CORNER",
        "WRONG_RESOLUTION",
        "ASKEW",
        "UNREADABLE",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One page.

    Attributes:
        page_id: the page.
        number: its number in the dossier.
        state: ``waiting``, ``read`` or ``unread`` (it could not be read).
        turned: clockwise turn by a clerk.
        asks: codes of what the feeder found that ask for a rescan.
        told: codes of what else it found.
        is_blank: whether nothing is on it.
        mark: changes with the picture.
        earlier: the scan that this page replaced, if any.
    """

    page_id: str
    number: int
    state: str
    turned: int
    asks: tuple[str, ...]
    told: tuple[str, ...]
    is_blank: bool
    mark: str
    earlier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Pages that belong together.

    Attributes:
        number: 1-based place on the screen.
        type_id: what they are.
        name: what people call it.
        document_id: the document; empty while it waits.
        slot: number of the slot that it fills; 0 for none.
        is_sure: whether nobody need look at the type.
        is_confirmed: whether a clerk confirmed it.
        is_blank: blank pages only: kept and folded.
        tiles: the pages.
    """

    number: int
    type_id: str
    name: str
    document_id: str
    slot: int
    is_sure: bool
    is_confirmed: bool
    is_blank: bool
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeView:
    """The screen.

    Attributes:
        code: dossier code.
        title: name of the procedure.
        procedure: its code.
        owner: name of the owner; empty for a dossier without a case.
        owner_tail: the last digits of the owner's number.
        opened_at: ISO moment of opening, UTC.
        state: key of the state of the case; empty without one.
        rows: the checklist.
        papers: the pages.
        aside: pages set aside.
        waiting: pages that wait to be read.
        missing: names of required papers that are not there.
        receipt: key of the last receipt; empty where none was printed.
        undo: what would be undone; empty for nothing.
        next_reuse: key of the first slot that is on file and not decided; empty for none.
    """

    code: str
    title: str
    procedure: str
    owner: str
    owner_tail: str
    opened_at: str
    state: str
    rows: tuple[SlotRow, ...]
    papers: tuple[Paper, ...]
    aside: tuple[Tile, ...]
    waiting: int
    missing: tuple[str, ...]
    receipt: str
    undo: str
    next_reuse: str

    @property
    def page_count(self) -> int:
        """Pages among the papers."""
        return sum(len(paper.tiles) for paper in self.papers)


def read_view(work: UnitOfWork, dossier: Dossier, answer: ReuseAnswer | None, language: str) -> IntakeView:
    """Reads the screen of a dossier."""
    dossier_id = dossier.dossier_id
    pages, documents = work.pages.of_dossier(dossier_id), work.documents.of_dossier(dossier_id)
    readings = {page.page_id: work.pages.reading(page.page_id) for page in pages}
    known = {page_id: found[0] for page_id, found in readings.items() if found}
    groups = [_guessed(group, known) for group in groups_of(pages, documents)]
    slots = work.dossiers.slots(dossier_id)
    rows = slot_rows(slots, groups, reused_slots(work, dossier_id), answer, language)
    tiles = _Tiles(work, dossier_id, known)
    case = work.cases.find(dossier_id)
    done = [each for each in work.arrangings.of_dossier(dossier_id) if not each.is_undone]
    return IntakeView(
        code=dossier.code,
        title=dossier.title,
        procedure=dossier.procedure_code or "",
        owner=case.parties.owner.name if case else "",
        owner_tail=(dossier.citizen_number or "")[-3:],
        opened_at=dossier.opened_at.isoformat(),
        state=case.state if case else "",
        rows=rows,
        papers=tuple(_paper(at, group, rows, tiles, language) for at, group in enumerate(groups, start=1)),
        aside=tuple(tiles.of(page) for page in work.pages.aside(dossier_id)),
        waiting=sum(page.state is PageState.RECEIVED for page in pages),
        missing=_missing(slots, rows),
        receipt=_last_receipt(work, dossier_id),
        undo=done[-1].kind.value if done else "",
        next_reuse=next((row.key for row in rows if row.standing is Standing.ON_FILE), ""),
    )


def mark_of(view: IntakeView, scan: ScanState) -> str:
    """Changes whenever anything on the screen does."""
    trouble = scan.trouble.code if scan.trouble else ""
    shown = (asdict(view), scan.stage, scan.device, scan.pages, scan.put_back, trouble, scan.waiting)
    return hashlib.sha256(json.dumps(shown, default=str).encode()).hexdigest()[:16]


class _Tiles:
    """Makes tiles of the pages of one dossier."""

    def __init__(self, work: UnitOfWork, dossier_id: str, known: Mapping[str, PageReading]) -> None:
        self._known = known
        self._flags = {file.file_id: file.flags for file in work.dossiers.files(dossier_id)}
        self._earlier = {page.number: page.page_id for page in work.pages.replaced(dossier_id)}

    def of(self, page: Page) -> Tile:
        """The tile of a page."""
        flags = self._flags.get(page.file_id, ())
        reading = self._known.get(page.page_id)
        state = {PageState.RECEIVED: "waiting", PageState.QUARANTINED: "unread"}.get(page.state, "read")
        return Tile(
            page_id=page.page_id,
            number=page.number,
            state=state,
            turned=page.turned,
            asks=tuple(flag for flag in flags if flag in _ASKS),
            told=tuple(flag for flag in flags if flag in _TOLD),
            is_blank="BLANK" in flags or (reading is not None and reading.outcome == "blank"),
            mark=f"{page.turned}-{int(reading is not None)}",
            earlier=self._earlier.get(page.number, ""),
        )


def _guessed(group: PageGroup, known: Mapping[str, PageReading]) -> PageGroup:
    """Papers that are not filed yet are called what their first page shows."""
    if group.document is not None or group.type_id != UNKNOWN:
        return group
    reading = known.get(group.pages[0].page_id)
    if reading is None or reading.classification.type_id not in DOCUMENT_TYPES:
        return group
    return PageGroup(pages=group.pages, document=None, type_id=reading.classification.type_id)


def _paper(at: int, group: PageGroup, rows: Sequence[SlotRow], tiles: _Tiles, language: str) -> Paper:
    document = group.document
    return Paper(
        number=at,
        type_id=group.type_id,
        name=_name(group, document, language),
        document_id=document.document_id if document else "",
        slot=next((row.number for row in rows if row.group == at), 0),
        is_sure=document is None or not document.needs_clerk,
        is_confirmed=document is not None and document.state is DocumentState.CONFIRMED,
        is_blank=group.type_id == BLANK,
        tiles=tuple(tiles.of(page) for page in group.pages),
    )


def _name(group: PageGroup, document: Document | None, language: str) -> str:
    if document is not None:
        return document_name(document, language)
    return "" if group.type_id == UNKNOWN else type_name(group.type_id, language)


def _missing(slots: Sequence[Slot], rows: Sequence[SlotRow]) -> tuple[str, ...]:
    """Required papers that are neither there nor arriving nor taken from what is on file."""
    settled = {Standing.FILLED, Standing.ARRIVING, Standing.REUSED}
    open_keys = {row.key for row in rows if row.standing not in settled}
    return tuple(slot.rule.name for slot in missing(slots) if slot.rule.key in open_keys)


def _last_receipt(work: UnitOfWork, dossier_id: str) -> str:
    printed = [
        event.subject_id
        for event in work.events.of_dossier(dossier_id)
        if event.kind is EventKind.FORM_PRINTED and event.detail == "receipt"
    ]
    return printed[-1] if printed else ""
