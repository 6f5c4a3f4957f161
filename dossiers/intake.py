"""Receiving: opening a dossier and taking in its files.

Rule: a file is acknowledged only after its bytes are durable and its page rows, audit fact and due work are
committed in one transaction (C1, C3). Receiving the same file again is the same receipt, whatever was
killed in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dossiers.arranging_step import ArrangingKind, ArrangingStep, PlacedPage
from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import EngineError, InputCode, InputError, RecordError
from dossiers.events import Event, EventKind
from dossiers.opening import Opening, open_dossier
from dossiers.page import Page, PageState, ReceivedFile, Refusal, Region, derived_id
from dossiers.ports import Clock, Inspection, Inspector, ObjectStore, RecordStore, UnitOfWork
from dossiers.tasks import Priority, Task, TaskKind

#: A larger file is refused and not kept a second time in quarantine (R5), bytes.
MAX_FILE_BYTES: Final = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A file or scanner page as it arrives: its bytes, the name it came under, and who is waiting.

    Attributes:
        name: what people know it by; never used as a path.
        content: the bytes, unaltered.
        priority: who waits.
        receipt_key: what makes receiving it twice the same receipt; empty: its bytes do. A station gives
            one for every sheet, because two sheets may look the same to the last bit and both are to be kept.
        flags: remarks to be kept with the file, stable codes.
        replaces: page that this one was scanned in place of; a file of one page then.
        rescanned_by: the clerk who had that page scanned anew, and may undo it; ``None``: nobody asked, the
            station fed a sheet again by itself.
        regions: parts of its one picture that are a page each, in order, such as the sides of a card on the
            glass; empty: every picture is a page.
        indexes: 0-based pages of the file that are meant, ascending, where a separator sheet cut it; empty:
            all. The whole file is kept each time, as one object; give every part a receipt key of its own.
        set_aside: why its pages are no papers, for example ``SEPARATOR``; empty: they are.
        named_type: the type of document that a separator sheet named for it.
        opens_document: whether a separator sheet says that a document begins with it.
    """

    name: str
    content: bytes
    priority: Priority = Priority.COUNTER
    receipt_key: str = ""
    flags: tuple[str, ...] = ()
    replaces: str | None = None
    rescanned_by: str | None = None
    regions: tuple[Region, ...] = ()
    indexes: tuple[int, ...] = ()
    set_aside: str = ""
    named_type: str = ""
    opens_document: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a file.

    Attributes:
        file: the file on record.
        is_new: ``False`` where the same bytes had been received for this dossier before.
        is_double: the same bytes came under another name: the papers are in the dossier once.
    """

    file: ReceivedFile
    is_new: bool
    is_double: bool


class Intake:
    """The use case of receiving; safe to call from several threads and processes."""

    def __init__(
        self,
        *,
        records: RecordStore,
        originals: ObjectStore,
        quarantine: ObjectStore,
        inspector: Inspector,
        clock: Clock,
    ) -> None:
        self._records = records
        self._originals = originals
        self._quarantine = quarantine
        self._inspector = inspector
        self._clock = clock

    def open_dossier(self, opening: Opening) -> Dossier:
        """Opens a dossier, or returns the one that was opened with the same intake key."""
        with self._records.transaction() as work:
            return open_dossier(work, opening, self._clock())

    def receive_file(self, dossier_id: str, raw: RawFile) -> Receipt:
        """Takes in one file; may be repeated.

        A page that it replaces keeps its bytes and its row and hands its number over; where that page was
        replaced meanwhile, the one that is in its place now is meant.

        Raises:
            InputError: the file is refused; its bytes and the reason are on record.
            RecordError: ``NOT_FOUND``, no such page to be replaced.
            ResourceError: a store is unavailable; nothing was acknowledged.
        """
        receipt_key = raw.receipt_key or hashlib.sha256(raw.content).hexdigest()
        with self._records.look() as work:
            known = work.dossiers.file_by_receipt(dossier_id, receipt_key)
        if known is not None:
            return Receipt(file=known, is_new=False, is_double=known.name != raw.name)
        try:
            inspection = self._inspect(raw)
            if raw.replaces is not None and inspection.page_count != 1:
                raise InputError(InputCode.LIMIT_EXCEEDED, "one page takes the place of one page")
            if raw.replaces is not None and len(raw.regions) > 1:
                self._check_parts(raw.replaces, len(raw.regions))
            if raw.regions and inspection.page_count != 1:
                raise InputError(InputCode.LIMIT_EXCEEDED, "parts are those of one picture")
            if raw.indexes and not 0 <= raw.indexes[0] <= raw.indexes[-1] < inspection.page_count:
                raise InputError(InputCode.LIMIT_EXCEEDED, "the file has no such page")
        except InputError as refusal:
            self._refuse(dossier_id, receipt_key, raw, refusal.reason)
            raise
        key = self._originals.put_once(raw.content)
        return self._record(dossier_id, receipt_key, raw, key, inspection)

    def refuse(self, dossier_id: str, name: str, reason: InputCode) -> None:
        """Notes a file that could not even be read: a link, a device, something too large."""
        self._note(dossier_id, derived_id("unread", name), name, reason, None)

    def _inspect(self, raw: RawFile) -> Inspection:
        if not raw.content:
            raise InputError(InputCode.EMPTY)
        suffix = "." + raw.name.rpartition(".")[2].lower() if "." in raw.name else ""
        try:
            return self._inspector.inspect(raw.content, suffix)
        except EngineError as trouble:
            # The check ran in a child with the limits of R5: whatever breaks or outlasts it is refused.
            reason = InputCode.LIMIT_EXCEEDED if trouble.code == "TIMEOUT" else InputCode.DAMAGED
            raise InputError(reason, trouble.hint) from trouble

    def _refuse(self, dossier_id: str, receipt_key: str, raw: RawFile, reason: InputCode) -> None:
        key = self._quarantine.put_once(raw.content) if len(raw.content) <= MAX_FILE_BYTES else None
        self._note(dossier_id, receipt_key, raw.name, reason, key)

    def _note(
        self, dossier_id: str, receipt_key: str, name: str, reason: InputCode, object_key: str | None
    ) -> None:
        with self._records.transaction() as work:
            if any(known.receipt_key == receipt_key for known in work.dossiers.refusals(dossier_id)):
                return
            work.dossiers.add_refusal(
                Refusal(
                    dossier_id=dossier_id,
                    receipt_key=receipt_key,
                    name=name,
                    code=reason.value,
                    object_key=object_key,
                    refused_at=self._clock(),
                )
            )
            work.events.append(
                _fact(EventKind.FILE_REFUSED, dossier_id, receipt_key, self._clock, reason.value)
            )

    def _record(
        self, dossier_id: str, receipt_key: str, raw: RawFile, key: str, inspection: Inspection
    ) -> Receipt:
        file = ReceivedFile(
            file_id=derived_id(dossier_id, receipt_key),
            dossier_id=dossier_id,
            receipt_key=receipt_key,
            name=raw.name,
            original_key=key,
            media_type=inspection.media_type,
            byte_count=len(raw.content),
            page_count=len(raw.indexes) or inspection.page_count,
            flags=(*inspection.flags, *raw.flags),
            received_at=self._clock(),
        )
        with self._records.transaction() as work:
            known = work.dossiers.file_by_receipt(dossier_id, receipt_key)
            if known is not None:  # another process was quicker
                return Receipt(file=known, is_new=False, is_double=known.name != raw.name)
            work.dossiers.add_file(file)
            dossier = work.dossiers.get(dossier_id)
            if raw.set_aside:
                self._set_aside(work, file, raw)
            elif raw.replaces is None:
                self._add_pages(work, file, raw, dossier.branch)
            else:
                self._replace_pages(work, file, raw, raw.replaces, dossier.branch)
            if not raw.set_aside and dossier.state is not DigitizationState.RECEIVING:
                work.dossiers.save(dossier.moved(DigitizationState.RECEIVING))
            detail = f"{file.page_count} pages"
            work.events.append(_fact(EventKind.FILE_RECEIVED, dossier_id, file.file_id, self._clock, detail))
        return Receipt(file=file, is_new=True, is_double=False)

    def _add_pages(self, work: UnitOfWork, file: ReceivedFile, raw: RawFile, branch: str) -> None:
        first = work.pages.last_number(file.dossier_id) + 1
        places = range(len(raw.regions) or file.page_count)
        new = [_page_at(file, raw, place=place, number=first + place) for place in places]
        for page in new:
            work.pages.add(page)
        work.tasks.add(*(_reading(page, file, raw.priority, branch) for page in new))

    def _set_aside(self, work: UnitOfWork, file: ReceivedFile, raw: RawFile) -> None:
        """Keeps pages beside the papers: they have no number and nobody reads them."""
        # Some of them may have been taken back: the last one is not the count.
        first = max((page.revision + 1 for page in work.pages.aside(file.dossier_id)), default=0)
        for place, index in enumerate(raw.indexes or range(file.page_count)):
            page = _page(file, index=index, number=0, revision=first + place)
            work.pages.add(replace(page, state=PageState.SET_ASIDE))
            work.events.append(
                _fact(EventKind.PAGE_SET_ASIDE, file.dossier_id, page.page_id, self._clock, raw.set_aside)
            )

    def _check_parts(self, page_id: str, count: int) -> None:
        with self._records.transaction() as work:
            if len(self._meant(work, page_id, count)) != count:
                raise InputError(InputCode.LIMIT_EXCEEDED, "one page takes the place of one page")

    def _meant(self, work: UnitOfWork, page_id: str, parts: int) -> tuple[str, ...]:
        """The page to be replaced; for several parts of a picture all the parts of the old one."""
        old = work.pages.get(page_id)
        if parts <= 1 or old.region is None:
            return (page_id,)
        present = work.pages.of_dossier(old.dossier_id)
        return tuple(page.page_id for page in present if page.file_id == old.file_id) or (page_id,)

    def _replace_pages(
        self, work: UnitOfWork, file: ReceivedFile, raw: RawFile, page_id: str, branch: str
    ) -> None:
        meant = enumerate(self._meant(work, page_id, len(raw.regions)))
        old = [self._replace_page(work, file, each, raw, place, branch) for place, each in meant]
        if raw.rescanned_by is not None:
            work.arrangings.add(self._rescan(file, old, raw.rescanned_by))

    def _replace_page(
        self, work: UnitOfWork, file: ReceivedFile, page_id: str, raw: RawFile, place: int, branch: str
    ) -> Page:
        """Returns the page that was replaced, as it was."""
        meant = work.pages.get(page_id)
        pages = work.pages.of_dossier(file.dossier_id)
        old = next((page for page in pages if page.number == meant.number), None)
        if meant.dossier_id != file.dossier_id or old is None:
            raise RecordError(
                "NOT_FOUND",
                vi="Không tìm thấy trang này trong hồ sơ.",
                en=f"the dossier has no page {page_id}",
            )
        work.pages.save(old.moved(PageState.REPLACED))
        work.search.index_page(old, "")
        new = _page_at(file, raw, place=place, number=old.number, revision=old.revision + 1)
        work.pages.add(new)
        work.tasks.add(_reading(new, file, raw.priority, branch))
        detail = f"page {new.number}"
        work.events.append(_fact(EventKind.PAGE_REPLACED, file.dossier_id, old.page_id, self._clock, detail))
        return old

    def _rescan(self, file: ReceivedFile, old: Sequence[Page], by: str) -> ArrangingStep:
        return ArrangingStep(
            step_id=derived_id("rescan", file.file_id),
            dossier_id=file.dossier_id,
            kind=ArrangingKind.RESCAN,
            by=by,
            at=self._clock(),
            pages=tuple(PlacedPage.of(page) for page in old),
        )


def _page_at(file: ReceivedFile, raw: RawFile, *, place: int, number: int, revision: int = 0) -> Page:
    """The page at a place among the pictures of the file, or its parts."""
    part = place if raw.regions else 0
    index = raw.indexes[place] if raw.indexes else place
    return replace(
        _page(file, index=0 if raw.regions else index, number=number, revision=revision, part=part),
        region=raw.regions[place] if raw.regions else None,
        named_type=raw.named_type,
        opens_document=raw.opens_document and place == 0,
    )


def _reading(page: Page, file: ReceivedFile, priority: Priority, branch: str) -> Task:
    return Task(
        task_id=derived_id(TaskKind.READ_PAGE, page.page_id),
        kind=TaskKind.READ_PAGE,
        subject_id=page.page_id,
        dossier_id=file.dossier_id,
        priority=priority,
        due_at=file.received_at,
        branch=branch,
    )


def _page(file: ReceivedFile, *, index: int, number: int, revision: int, part: int = 0) -> Page:
    more = (f"part {part}",) if part else ()
    return Page(
        page_id=derived_id(file.file_id, str(index), *more),
        dossier_id=file.dossier_id,
        file_id=file.file_id,
        original_key=file.original_key,
        index=index,
        number=number,
        revision=revision,
    )


def _fact(kind: EventKind, dossier_id: str, subject_id: str, clock: Clock, detail: str = "") -> Event:
    return Event(kind=kind, dossier_id=dossier_id, subject_id=subject_id, at=clock(), detail=detail)
