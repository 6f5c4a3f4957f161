"""One scanning session: where its pages go, what was asked of the device, and the pages that arrived.

Rule: a page is known by session and sequence, never by its bytes: two sheets may look the same to the last
bit, and both are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from dossiers.opening import Opening
from dossiers.page import derived_id
from dossiers.tasks import Priority
from scanners.driver import Side
from scanners.settings import ColourMode, ScanSettings, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSession:
    """What a session was started with; it never changes.

    Attributes:
        session_id: unique; names its folder in the spool.
        device: key of the device.
        profile: name of the profile.
        settings: what the profile asks of the device.
        opening: what the dossier is opened with, and, in a batch, what each of its dossiers is.
        dossier_code: the dossier that is there already and gets the pages; empty: one is opened.
        replaces_page_id: the page of that dossier that the one page of this session takes the place of.
        asked_by: who had that page scanned anew, as the records name people; empty where nobody signed in.
        is_batch: whether separator sheets start dossiers.
        is_card: whether every picture shows the sides of a card on the glass.
        declared_sheets: how many sheets the clerk counted; ``None`` where nobody counted.
        priority: who waits.
    """

    session_id: str
    device: str
    profile: str
    settings: ScanSettings
    opening: Opening
    dossier_code: str = ""
    replaces_page_id: str = ""
    asked_by: str = ""
    is_batch: bool = False
    is_card: bool = False
    declared_sheets: int | None = None
    priority: Priority = Priority.COUNTER

    @property
    def sides(self) -> int:
        """Sides of a sheet that the device gives: 1 or 2."""
        return sides_of(self.settings)

    def replacing(self, page_id: str) -> ScanSession:
        """The same session for one page that takes the place of another."""
        return replace(self, replaces_page_id=page_id, declared_sheets=None)

    def receipt_key(self, page: ArrivedPage) -> str:
        """What makes receiving a page of this session twice the same receipt."""
        parts = (self.session_id, str(page.sequence), page.sha256)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    def page_id(self, dossier_id: str, page: ArrivedPage) -> str:
        """The id that a page of this session has in a dossier."""
        return derived_id(derived_id(dossier_id, self.receipt_key(page)), "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedPage:
    """One page that is durable at the station.

    Attributes:
        sequence: 1-based place in the session; never used twice.
        sheet: 1-based sheet of the session.
        side: side of that sheet.
        name: what people know it by.
        dpi: resolution that the device said, 0 where it did not.
        sha256: hash of its bytes.
        replaces: sequence of the page that it was scanned in place of.
        profile: the profile that it was scanned with; empty: that of the session.
        sides: sides that its sheet was scanned from, 1 or 2; 0: as the session says.
    """

    sequence: int
    sheet: int
    side: Side
    name: str
    dpi: int
    sha256: str
    replaces: int | None = None
    profile: str = ""
    sides: int = 0


def sides_of(settings: ScanSettings) -> int:
    """Returns how many sides of a sheet a device gives: 1 or 2."""
    return 2 if settings.source is Source.FEEDER_DUPLEX else 1


def present_pages(pages: Sequence[ArrivedPage]) -> tuple[ArrivedPage, ...]:
    """Returns the pages that no other was scanned in place of, in their order in the stack."""
    replaced = {page.replaces: page for page in pages if page.replaces is not None}
    by_sequence = {page.sequence: page for page in pages}
    places = {page.sequence: _origin(page, by_sequence) for page in pages}
    kept = [page for page in pages if page.sequence not in replaced]
    return tuple(sorted(kept, key=lambda page: places[page.sequence]))


def complete_sheets(pages: Sequence[ArrivedPage], sides: int) -> int:
    """Returns how many sheets arrived with all their sides, from the first without a gap.

    Args:
        pages: all that arrived.
        sides: sides of a sheet whose pages do not say it.
    """
    missing: dict[int, int] = {}
    for page in present_pages(pages):
        missing[page.sheet] = missing.get(page.sheet, page.sides or sides) - 1
    number = 0
    while missing.get(number + 1, 1) <= 0:
        number += 1
    return number


def _origin(page: ArrivedPage, by_sequence: Mapping[int, ArrivedPage]) -> int:
    """Sequence of the first page that stood in its place."""
    while page.replaces is not None and page.replaces in by_sequence:
        page = by_sequence[page.replaces]
    return page.sequence


def session_to_text(session: ScanSession) -> str:
    """Writes a session as JSON."""
    return json.dumps(asdict(session), ensure_ascii=False)


def session_from_text(text: str) -> ScanSession:
    """Reads what ``session_to_text`` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        cells = json.loads(text)
        asked = cells.pop("settings")
        settings = ScanSettings(
            source=Source(asked.pop("source")), mode=ColourMode(asked.pop("mode")), **asked
        )
        opening, priority = Opening(**cells.pop("opening")), Priority(cells.pop("priority"))
        return ScanSession(settings=settings, opening=opening, priority=priority, **cells)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no session") from error


def page_to_text(page: ArrivedPage) -> str:
    """Writes the head of a page as one line of JSON."""
    return json.dumps(asdict(page), ensure_ascii=False)


def page_from_text(text: str) -> ArrivedPage:
    """Reads what ``page_to_text`` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        cells = json.loads(text)
        return ArrivedPage(side=Side(cells.pop("side")), **cells)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no page") from error
