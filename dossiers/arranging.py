"""Arranging: a clerk says which pages belong together, what they are, how they lie; each act can be undone.

Rules: the clerk has the last word, filing again keeps it; nothing is lost, a page taken out is set aside and
a page that was scanned anew can come back; what a clerk has confirmed is not cut anew. ``undo`` undoes
the last act whatever it was, a page scanned anew and a paper taken from what is on file among them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from dossiers.arranging_step import ArrangingKind, ArrangingStep, PlacedPage, SlotPin
from dossiers.document import DocumentState
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.page import Page
from dossiers.page_coming_back import restore_page, set_aside_page, take_back_page
from dossiers.page_groups import PageGroup, arranged, groups_of
from dossiers.placing import Placing
from dossiers.ports import Clock, RecordStore, UnitOfWork

#: Groups that an act decides on, by place, with the type that their pages get; see ``arranged``.
Touched = dict[int, str | None]


class Arranging:
    """The use case; every method is one transaction, after which the dossier is filed anew.

    Args:
        records: the records.
        refile: files a dossier anew where no page waits to be read.
        let_go: asks for the paper of a slot after all that was taken from what is on file: given dossier, key
            of the slot, and who does it; marks the step as undone.
        clock: the present moment.
    """

    def __init__(
        self,
        *,
        records: RecordStore,
        refile: Callable[[str], None],
        let_go: Callable[[str, str, str], object],
        clock: Clock,
    ) -> None:
        self._records = records
        self._refile = refile
        self._let_go = let_go
        self._clock = clock
        self._placing = Placing(records=records, clock=clock)

    def name(self, dossier_id: str, page_id: str, type_id: str, by: str) -> None:
        """Says what the document of a page is.

        Raises:
            RecordError: ``NOT_FOUND``, no such page or type; ``ALREADY_CONFIRMED``.
        """
        if type_id not in DOCUMENT_TYPES or type_id in (BLANK, UNKNOWN):
            raise RecordError(
                "NOT_FOUND", vi="Không có loại giấy tờ này.", en=f"there is no document type {type_id}"
            )

        def change(groups: list[PageGroup]) -> Touched:
            return {_at(groups, page_id): type_id}

        self._arrange(dossier_id, ArrangingKind.NAME, by, change)

    def split(self, dossier_id: str, page_id: str, by: str) -> None:
        """Begins a document with a page of another.

        Raises:
            RecordError: ``NOT_FOUND``; ``ALREADY_CONFIRMED``; ``NOTHING_TO_SPLIT``, it is the first page.
        """

        def change(groups: list[PageGroup]) -> Touched:
            at = _at(groups, page_id)
            group = groups[at]
            place = [page.page_id for page in group.pages].index(page_id)
            if place == 0:
                raise _nothing_to("NOTHING_TO_SPLIT", "Trang này đã là trang đầu của giấy tờ.")
            groups[at : at + 1] = [_with(group, group.pages[:place]), _with(group, group.pages[place:])]
            return {at: None, at + 1: None}

        self._arrange(dossier_id, ArrangingKind.SPLIT, by, change)

    def join(self, dossier_id: str, page_id: str, by: str) -> None:
        """Joins the document of a page to the one before it.

        Raises:
            RecordError: ``NOT_FOUND``; ``ALREADY_CONFIRMED``; ``NOTHING_TO_JOIN``, nothing is before it.
        """

        def change(groups: list[PageGroup]) -> Touched:
            at = _at(groups, page_id)
            if at == 0:
                raise _nothing_to("NOTHING_TO_JOIN", "Không có giấy tờ nào ở trước để ghép vào.")
            before, group = groups[at - 1], groups[at]
            type_id = group.type_id if before.type_id in (UNKNOWN, BLANK) else before.type_id
            groups[at - 1 : at + 1] = [_with(before, (*before.pages, *group.pages))]
            return {at - 1: type_id}

        self._arrange(dossier_id, ArrangingKind.JOIN, by, change)

    def move(self, dossier_id: str, page_id: str, target_id: str, by: str, *, is_before: bool) -> None:
        """Moves a page next to another, into that one's document.

        Args:
            dossier_id: the dossier.
            page_id: the page to move.
            target_id: the page that it goes next to.
            by: who does it.
            is_before: before that page; else behind it.

        Raises:
            RecordError: ``NOT_FOUND``; ``ALREADY_CONFIRMED``.
        """

        def change(groups: list[PageGroup]) -> Touched:
            source = _at(groups, page_id)
            _at(groups, target_id)
            moved = next(page for page in groups[source].pages if page.page_id == page_id)
            left = tuple(page for page in groups[source].pages if page.page_id != page_id)
            if page_id == target_id or (not left and len(groups) == 1):
                return {}
            groups[source : source + 1] = [_with(groups[source], left)] if left else []
            target = _at(groups, target_id)
            pages = list(groups[target].pages)
            behind = [page.page_id for page in pages].index(target_id) + (0 if is_before else 1)
            pages.insert(behind, moved)
            groups[target] = _with(groups[target], tuple(pages))
            touched: Touched = {target: groups[target].type_id}
            if left:
                kept = _at(groups, left[0].page_id)
                touched[kept] = groups[kept].type_id
            return touched

        self._arrange(dossier_id, ArrangingKind.MOVE, by, change)

    def turn(self, dossier_id: str, page_id: str, degrees: int, by: str) -> None:
        """Turns a page clockwise by 90, 180 or 270 degrees more, on screens; its bytes stay.

        Raises:
            RecordError: ``NOT_FOUND``.
        """
        with self._records.transaction() as work:
            page = _page(work, dossier_id, page_id)
            work.pages.arrange(replace(page, turned=(page.turned + degrees) % 360))
            self._note(work, self._step(dossier_id, ArrangingKind.TURN, by, pages=(PlacedPage.of(page),)))

    def set_aside(self, dossier_id: str, page_id: str, by: str) -> None:
        """Takes a page out of the papers of its dossier; it stays on record.

        Raises:
            RecordError: ``NOT_FOUND``; ``ALREADY_CONFIRMED``.
        """
        with self._records.transaction() as work:
            page = _page(work, dossier_id, page_id)
            _check_open(work, dossier_id, {page_id})
            set_aside_page(work, page)
            step = self._step(
                dossier_id, ArrangingKind.SET_ASIDE, by, pages=(_placed(page),), subject=page_id
            )
            self._note(work, step)
        self._refile(dossier_id)

    def restore(self, dossier_id: str, page_id: str, by: str) -> None:
        """Brings a page back: one set aside, or an earlier scan in place of the one that replaced it.

        Raises:
            RecordError: ``NOT_FOUND``; ``ALREADY_CONFIRMED``.
        """
        with self._records.transaction() as work:
            if page_id in {page.page_id for page in work.pages.aside(dossier_id)}:
                back = take_back_page(work, work.pages.get(page_id), self._clock())
                step = self._step(dossier_id, ArrangingKind.TAKE_BACK, by, subject=back.page_id)
            else:
                step = self._restored(work, dossier_id, page_id, by)
            self._note(work, step)
        self._refile(dossier_id)

    def put_into_slot(self, dossier_id: str, key: str, document_id: str | None, by: str) -> None:
        """Puts a document into a slot, or takes it out (``None``), as ``Placing.pin_slot``.

        Raises:
            RecordError: ``NOT_FOUND``.
        """
        with self._records.transaction() as work:
            pins = tuple(
                SlotPin(key=slot.rule.key, document_id=slot.document_id, is_pinned=slot.is_pinned)
                for slot in work.dossiers.slots(dossier_id)
            )
        self._placing.pin_slot(dossier_id, key, document_id)
        with self._records.transaction() as work:
            self._note(work, self._step(dossier_id, ArrangingKind.PLACE, by, pins=pins))

    def last(self, dossier_id: str) -> ArrangingStep | None:
        """What ``undo`` would undo."""
        with self._records.transaction() as work:
            return _last(work.arrangings.of_dossier(dossier_id))

    def undo(self, dossier_id: str, by: str) -> ArrangingStep:
        """Undoes the last thing that was not undone yet.

        Raises:
            RecordError: ``NOTHING_TO_UNDO``; ``ALREADY_CONFIRMED``, a clerk confirmed it meanwhile.
        """
        with self._records.transaction() as work:
            step = _last(work.arrangings.of_dossier(dossier_id))
            if step is None:
                raise _nothing_to("NOTHING_TO_UNDO", "Không còn thao tác nào để hoàn tác.")
            if step.kind not in (ArrangingKind.PLACE, ArrangingKind.REUSE):
                self._put_back(work, step)
            if step.kind is not ArrangingKind.REUSE:  # marked as undone with the decision
                work.arrangings.mark_undone(step.step_id, by)
            work.events.append(
                Event(
                    kind=EventKind.ARRANGING_UNDONE,
                    dossier_id=dossier_id,
                    subject_id=step.step_id,
                    at=self._clock(),
                    detail=step.kind.value,
                )
            )
        if step.kind is ArrangingKind.PLACE:
            self._put_pins_back(step)
        elif step.kind is ArrangingKind.REUSE:
            self._let_go(dossier_id, step.subject, by)
        else:
            self._refile(dossier_id)
        return step

    def _arrange(
        self,
        dossier_id: str,
        kind: ArrangingKind,
        by: str,
        change: Callable[[list[PageGroup]], Touched],
    ) -> None:
        with self._records.transaction() as work:
            present = work.pages.of_dossier(dossier_id)
            groups = list(groups_of(present, work.documents.of_dossier(dossier_id)))
            touched = change(groups)
            changed = arranged(groups, touched, present)
            _check_open(work, dossier_id, {page.page_id for at in touched for page in groups[at].pages})
            if not changed:
                return
            before = {page.page_id: page for page in present}
            for page in changed:
                work.pages.arrange(page)
            placed = tuple(PlacedPage.of(before[page.page_id]) for page in changed)
            self._note(work, self._step(dossier_id, kind, by, pages=placed))
        self._refile(dossier_id)

    def _restored(self, work: UnitOfWork, dossier_id: str, page_id: str, by: str) -> ArrangingStep:
        old = next((page for page in work.pages.replaced(dossier_id) if page.page_id == page_id), None)
        if old is None:
            raise _no_page(page_id)
        now = next((page for page in work.pages.of_dossier(dossier_id) if page.number == old.number), None)
        if now is None:
            raise _no_page(page_id)
        _check_open(work, dossier_id, {now.page_id})
        restore_page(work, old, now, self._clock())
        return self._step(dossier_id, ArrangingKind.RESTORE, by, subject=old.page_id, other=now.page_id)

    def _put_back(self, work: UnitOfWork, step: ArrangingStep) -> None:
        dossier_id = step.dossier_id
        if step.kind is ArrangingKind.SET_ASIDE:
            take_back_page(work, work.pages.get(step.subject), self._clock())
        elif step.kind is ArrangingKind.TAKE_BACK:
            _check_open(work, dossier_id, {step.subject})
            set_aside_page(work, work.pages.get(step.subject))
            return
        elif step.kind is ArrangingKind.RESTORE:
            self._restored(work, dossier_id, step.other, step.by)
            return
        elif step.kind is ArrangingKind.RESCAN:
            for each in step.pages:
                self._restored(work, dossier_id, each.page_id, step.by)
            return
        present = {page.page_id: page for page in work.pages.of_dossier(dossier_id)}
        if step.kind is not ArrangingKind.TURN:
            _check_open(work, dossier_id, {each.page_id for each in step.pages})
        for each in step.pages:
            if (page := present.get(each.page_id)) is not None:
                work.pages.arrange(
                    replace(
                        page,
                        place=each.place,
                        turned=each.turned,
                        named_type=each.named_type,
                        opens_document=each.opens_document,
                    )
                )

    def _put_pins_back(self, step: ArrangingStep) -> None:
        with self._records.transaction() as work:
            there = {each.document_id for each in work.documents.of_dossier(step.dossier_id)}
        for pin in sorted(step.pins, key=lambda pin: pin.is_pinned):
            if pin.is_pinned and (pin.document_id is None or pin.document_id in there):
                self._placing.pin_slot(step.dossier_id, pin.key, pin.document_id)
            else:
                self._placing.release_slot(step.dossier_id, pin.key)

    def _step(
        self,
        dossier_id: str,
        kind: ArrangingKind,
        by: str,
        *,
        pages: tuple[PlacedPage, ...] = (),
        pins: tuple[SlotPin, ...] = (),
        subject: str = "",
        other: str = "",
    ) -> ArrangingStep:
        return ArrangingStep(
            step_id=uuid4().hex,
            dossier_id=dossier_id,
            kind=kind,
            by=by,
            at=self._clock(),
            pages=pages,
            pins=pins,
            subject=subject,
            other=other,
        )

    def _note(self, work: UnitOfWork, step: ArrangingStep) -> None:
        work.arrangings.add(step)
        work.events.append(
            Event(
                kind=EventKind.PAGES_ARRANGED,
                dossier_id=step.dossier_id,
                subject_id=step.subject or step.step_id,
                at=step.at,
                detail=step.kind.value,
            )
        )


def _placed(page: Page) -> PlacedPage:
    """As it lies now, with its place said outright: it gets another number when it comes back."""
    return PlacedPage.of(replace(page, place=page.order))


def _with(group: PageGroup, pages: tuple[Page, ...]) -> PageGroup:
    return PageGroup(pages=pages, document=None, type_id=group.type_id)


def _at(groups: Sequence[PageGroup], page_id: str) -> int:
    for at, group in enumerate(groups):
        if page_id in {page.page_id for page in group.pages}:
            return at
    raise _no_page(page_id)


def _page(work: UnitOfWork, dossier_id: str, page_id: str) -> Page:
    found = next((page for page in work.pages.of_dossier(dossier_id) if page.page_id == page_id), None)
    if found is None:
        raise _no_page(page_id)
    return found


def _check_open(work: UnitOfWork, dossier_id: str, page_ids: set[str]) -> None:
    """Pages of documents that a clerk confirmed stay where they are."""
    for document in work.documents.of_dossier(dossier_id):
        if document.state is DocumentState.CONFIRMED and page_ids & set(document.page_ids):
            raise RecordError(
                "ALREADY_CONFIRMED",
                vi="Giấy tờ này đã được xác nhận nên không tách, ghép hay chuyển trang được nữa.",
                en="the document has been confirmed: its pages stay as they are",
            )


def _last(steps: Sequence[ArrangingStep]) -> ArrangingStep | None:
    return next((step for step in reversed(steps) if not step.is_undone), None)


def _no_page(page_id: str) -> RecordError:
    return RecordError(
        "NOT_FOUND", vi="Không tìm thấy trang này trong hồ sơ.", en=f"the dossier has no page {page_id}"
    )


def _nothing_to(code: str, vi: str) -> RecordError:
    return RecordError(code, vi=vi, en="there is nothing to do this to")
