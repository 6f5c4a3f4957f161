"""Files of a hot folder become dossiers.

Rule: a file leaves its place only when all its pages are durable in their dossiers, or for the refused ones
with its reason. Killed anywhere, taking it again takes nothing twice: what separator sheets said of a file is
noted before its first page is handed on.
"""

from __future__ import annotations

import errno
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from dossiers.dossier import Dossier
from dossiers.errors import EngineError, InputCode, InputError, ResourceError
from dossiers.intake import RawFile, Receipt
from dossiers.opening import Opening
from dossiers.ports import Inspector
from dossiers.tasks import Priority
from scanners.driver import RawPage, Unreadable
from scanners.drivers.hot_folder.profile import FolderProfile
from scanners.durable_file import make_folder, spool_errors, write_durably
from scanners.judgement.finding import PageJudgement
from scanners.judgement.note import judgement_from_text, judgement_to_text
from scanners.separators.splitting import DossierPart
from scanners.separators.verdict import SheetVerdict
from scanners.station_batch import UNKNOWN_DOSSIER
from scanners.station_delivery import Centre
from scanners.station_file import FileCut, FilePart, cut_file

#: Says what one page of a file is to the cutting; a page that cannot be looked at is flagged, never an error.
SeePage = Callable[[bytes, int], SheetVerdict]

#: What became of a file: accepted with these receipts, refused, or settled and still in its place.
Outcome = tuple[Receipt, ...] | InputError | ResourceError

_log = logging.getLogger(__name__)


class Folder(Protocol):
    """Where files leave to; ``HotFolder`` is one."""

    def accept(self, sequence: int) -> None:
        """Moves a file aside: what it holds is durable.

        Raises:
            ResourceError: it cannot be moved.
        """
        ...

    def refuse(self, sequence: int, refusal: InputError) -> None:
        """Moves a file to the refused ones, its reason beside it.

        Raises:
            ResourceError: it cannot be moved.
        """
        ...


@dataclass(slots=True)
class Taken:
    """What a run took.

    Attributes:
        dossiers: by identifier, in order.
        accepted: files that moved to the accepted ones.
        refused: names of files that moved to the refused ones, with their codes.
        stays: names of files that are settled and could not be moved; they are taken again, with no effect
            but that of moving.
    """

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    accepted: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    stays: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aim:
    """The dossier of a part of a file; ``is_found`` is false where a separator named one not on record."""

    dossier: Dossier
    is_found: bool = True


class FolderTaking:
    """Takes the files of one hot folder.

    Args:
        profile: the folder.
        agency: receiving agency where the profile names none.
        centre: where pages go.
        inspector: looks at a file before a dossier is opened for it.
        see_page: looks for separator sheets.
        notes: folder for what must outlive a kill; made when needed.
        priority: who waits.
    """

    def __init__(
        self,
        profile: FolderProfile,
        *,
        agency: str,
        centre: Centre,
        inspector: Inspector,
        see_page: SeePage,
        notes: Path,
        priority: Priority = Priority.BATCH,
    ) -> None:
        self._profile = profile
        self._agency = profile.agency or agency
        self._centre = centre
        self._inspector = inspector
        self._see_page = see_page
        self._notes = notes
        self._priority = priority
        self._durable: set[str] = set()
        self.taken = Taken()

    def take(self, item: RawPage | Unreadable, folder: Folder) -> Outcome:
        """Takes one file; says what became of it. One that cannot be moved holds up no other.

        Raises:
            ResourceError: a store is unavailable; the file stays for the next look, and so do all others.
        """
        try:
            receipts = self._receive(item)
        except InputError as refusal:
            return self._refuse(item, folder, refusal)
        try:
            folder.accept(item.sequence)
        except ResourceError as trouble:
            self._durable.add(item.name)
            return self._stays(item, trouble)
        self.taken.accepted += 1
        self.taken.stays.discard(item.name)
        self._durable.discard(item.name)
        if isinstance(item, RawPage):
            self._forget_cut(item.content)
        return receipts

    def _refuse(self, item: RawPage | Unreadable, folder: Folder, refusal: InputError) -> Outcome:
        try:
            folder.refuse(item.sequence, refusal)
        except ResourceError as trouble:
            return self._stays(item, trouble)
        self.taken.refused.append((item.name, refusal.code))
        self.taken.stays.discard(item.name)
        return refusal

    def _stays(self, item: RawPage | Unreadable, trouble: ResourceError) -> Outcome:
        self.taken.stays.add(item.name)
        return trouble

    def end_batch(self) -> None:
        """Ends the batch that is open, if any: the next file begins a new one.

        A batch of which a file could not leave its place stays open: the file will come again.

        Raises:
            ResourceError: its note cannot be removed; the batch is still open.
        """
        if self._durable:
            return
        with spool_errors():
            self._batch_note().unlink(missing_ok=True)

    def _receive(self, item: RawPage | Unreadable) -> tuple[Receipt, ...]:
        if isinstance(item, Unreadable):
            raise InputError(item.reason)
        count = self._page_count(item)
        cut = self._cut(item.content, count) if self._profile.cuts else cut_file([SheetVerdict()] * count)
        receipts = []
        aims: dict[int, _Aim] = {}
        for part in cut.parts:
            if part.dossier not in aims:
                aims[part.dossier] = self._aim(item, cut, part.dossier)
            receipts.append(self._hand_on(item, cut, part, aims[part.dossier]))
        return tuple(receipts)

    def _page_count(self, item: RawPage) -> int:
        """Looks at the file first: one that is refused opens no dossier."""
        try:
            return self._inspector.inspect(item.content, Path(item.name).suffix.lower()).page_count
        except EngineError as trouble:
            reason = InputCode.LIMIT_EXCEEDED if trouble.code == "TIMEOUT" else InputCode.DAMAGED
            raise InputError(reason, trouble.hint) from trouble

    def _cut(self, content: bytes, count: int) -> FileCut:
        note = self._cut_note(content)
        with spool_errors():
            known = note.read_text(encoding="utf-8").splitlines() if note.exists() else None
        if known is not None:
            return cut_file([judgement_from_text(line).sheet for line in known])
        verdicts = [self._see_page(content, index) for index in range(count)]
        lines = [judgement_to_text(PageJudgement(sheet=verdict)) for verdict in verdicts]
        make_folder(self._notes)
        write_durably(note, "\n".join(lines).encode())
        return cut_file(verdicts)

    def _forget_cut(self, content: bytes) -> None:
        """Removes the note of a file that has left; one that stays will say the same of the same bytes."""
        try:
            self._cut_note(content).unlink(missing_ok=True)
        except OSError as trouble:
            reason = errno.errorcode.get(trouble.errno or 0)
            _log.warning("the note of a file that was taken stays: %s", reason)

    def _hand_on(self, item: RawPage, cut: FileCut, part: FilePart, aim: _Aim) -> Receipt:
        raw = RawFile(name=item.name, content=item.content, priority=self._priority)
        if not cut.is_whole:
            raw = replace(
                raw,
                receipt_key=part.receipt_key(item.content),
                indexes=part.indexes,
                flags=part.flags if aim.is_found else (*part.flags, UNKNOWN_DOSSIER),
                set_aside=part.set_aside,
                named_type=part.named_type,
                opens_document=part.opens_document,
            )
        receipt = self._centre.receive_file(aim.dossier.dossier_id, raw)
        self.taken.dossiers[aim.dossier.dossier_id] = aim.dossier
        return receipt

    def _aim(self, item: RawPage, cut: FileCut, number: int) -> _Aim:
        part = cut.dossiers[number] if cut.dossiers else DossierPart(runs=())
        is_found = True
        if part.dossier_code:
            try:
                return _Aim(dossier=self._centre.dossier_by_code(part.dossier_code))
            except InputError:
                is_found = False
        profile = self._profile
        title = part.dossier_code or profile.title or (profile.name if profile.is_batch else item.name)
        opening = Opening(
            agency=self._agency,
            intake_key=self._intake_key(item.content, part.opened_by or 0),
            procedure_code=part.procedure_code or profile.procedure_code,
            citizen_number=None,
            title=title,
        )
        return _Aim(dossier=self._centre.open_dossier(opening), is_found=is_found)

    def _intake_key(self, content: bytes, opened_by: int) -> str:
        if self._profile.is_batch:
            return f"folder:{self._profile.name}:batch:{self._batch_id()}"
        return f"folder:{self._profile.name}:{hashlib.sha256(content).hexdigest()}:{opened_by}"

    def _batch_id(self) -> str:
        note = self._batch_note()
        if not note.exists():
            make_folder(self._notes)
            write_durably(note, uuid4().hex.encode())
        with spool_errors():
            return note.read_text(encoding="utf-8")

    def _batch_note(self) -> Path:
        return self._notes / f"{self._profile.name}.batch"

    def _cut_note(self, content: bytes) -> Path:
        return self._notes / f"{self._profile.name}.{hashlib.sha256(content).hexdigest()}.cut"
