"""Cuts a stream of judged pages into dossiers and documents by its separators; a pure function.

Rules: every page is in exactly one place, a run of a dossier or aside; order is kept; no separator is inside
a dossier; what is flagged is kept where it lay, because it may be a paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from scanners.separators.meaning import Meaning, Starts
from scanners.separators.verdict import NO_SEPARATOR, SheetFlag, SheetVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPage:
    """One page of the stream.

    Attributes:
        verdict: what it is to the cutting.
        sheet: number of the sheet that it is a side of; ``None`` where nobody knows.
        is_blank: whether it shows nothing.
    """

    verdict: SheetVerdict = NO_SEPARATOR
    sheet: int | None = None
    is_blank: bool = False


class AsideReason(StrEnum):
    """Why a page is kept and is in no dossier's papers."""

    SEPARATOR = "SEPARATOR"
    SEPARATOR_BACK = "SEPARATOR_BACK"  # the blank other side of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Pages that follow each other without a separator between them.

    Attributes:
        positions: 0-based places in the stream, ascending, at least one.
        type_id: the type that a separator named; empty leaves naming to the classifier.
        profile: the profile that a separator named; empty is the one of the session.
        is_new_document: whether a separator says that a document begins here; else only recognition can tell.
    """

    positions: tuple[int, ...]
    type_id: str = ""
    profile: str = ""
    is_new_document: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPart:
    """One dossier of the stream; it has at least one page.

    Attributes:
        runs: its pages.
        dossier_code: what a separator named; empty where none did.
        procedure_code: what a separator named; empty is the procedure of the session.
        opened_by: place of the first separator that opened it; ``None`` for pages before the first one.
    """

    runs: tuple[Run, ...]
    dossier_code: str = ""
    procedure_code: str = ""
    opened_by: int | None = None

    @property
    def positions(self) -> tuple[int, ...]:
        """Places of all its pages, ascending."""
        return tuple(position for run in self.runs for position in run.positions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A page that is kept and is no paper.

    Attributes:
        position: its place in the stream.
        reason: why.
        dossier: number, from 0, of the dossier in whose ledger it stands: the one it opened or lay in, else
            the one before it; ``None`` only where the stream has no paper at all.
    """

    position: int
    reason: AsideReason
    dossier: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """A place that a clerk must look at.

    Attributes:
        position: the page in the stream.
        flag: why.
        dossier: number of the dossier, as for ``Aside``.
    """

    position: int
    flag: SheetFlag
    dossier: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The whole stream, cut."""

    dossiers: tuple[DossierPart, ...]
    aside: tuple[Aside, ...]
    flagged: tuple[Flagged, ...]


def split_batch(pages: Sequence[JudgedPage]) -> Split:
    """Cuts the stream; the same pages always give the same cut.

    A separator whose dossier gets no page hands on what it says: a sheet "next dossier" and a sheet with a
    procedure together open one dossier. A sheet that names a dossier or a type and gets no page is flagged.
    Both sides of a sheet that say the same count once.
    """
    state = _State()
    for position, page in enumerate(pages):
        meaning = page.verdict.meaning
        before = pages[position - 1] if position else None
        if _is_back(page, pages, position):
            state.set_aside(position, AsideReason.SEPARATOR_BACK)
        elif meaning is None:
            state.add(position, page.verdict.flag)
        elif before is not None and _same_sheet(page, before) and before.verdict.meaning == meaning:
            state.set_aside(position, AsideReason.SEPARATOR)
        else:
            state.obey(position, meaning)
    return state.ended()


@dataclass(slots=True)
class _Open:
    """A dossier in the making."""

    dossier_code: str = ""
    procedure_code: str = ""
    opened_by: int | None = None
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class _Document:
    """What separators say of the pages to come."""

    type_id: str = ""
    profile: str = ""
    is_new: bool = False
    named_by: int | None = None  # the separator that named a type, until a page comes


class _State:
    def __init__(self) -> None:
        self._done: list[_Open] = []
        self._open = _Open()
        self._document = _Document()
        self._run: list[int] = []
        self._aside: list[tuple[int, AsideReason, int]] = []
        self._flagged: list[tuple[int, SheetFlag, int]] = []

    def set_aside(self, position: int, reason: AsideReason) -> None:
        self._aside.append((position, reason, len(self._done)))

    def add(self, position: int, flag: SheetFlag | None) -> None:
        self._run.append(position)
        self._document.named_by = None
        if flag is not None:
            self._flagged.append((position, flag, len(self._done)))

    def obey(self, position: int, meaning: Meaning) -> None:
        self._end_run()
        if meaning.starts is Starts.DOSSIER:
            self._start_dossier(position, meaning)
        if meaning.starts is not Starts.NOTHING:
            self._flag_empty(self._document.named_by)
            self._document.type_id, self._document.is_new = meaning.type_id, True
            self._document.named_by = position if meaning.type_id else None
        self._open.procedure_code = meaning.procedure_code or self._open.procedure_code
        self._document.profile = meaning.profile or self._document.profile
        self.set_aside(position, AsideReason.SEPARATOR)

    def ended(self) -> Split:
        self._end_run()
        self._flag_empty(self._document.named_by)
        if self._open.runs:
            self._done.append(self._open)
        elif self._open.dossier_code:
            self._flag_empty(self._open.opened_by)
        last = len(self._done) - 1
        return Split(
            dossiers=tuple(_part(each) for each in self._done),
            aside=tuple(
                Aside(position=at, reason=reason, dossier=min(number, last) if last >= 0 else None)
                for at, reason, number in self._aside
            ),
            flagged=tuple(
                Flagged(position=at, flag=flag, dossier=min(number, last) if last >= 0 else None)
                for at, flag, number in sorted(set(self._flagged))
            ),
        )

    def _start_dossier(self, position: int, meaning: Meaning) -> None:
        known = self._open
        if known.runs:
            self._done.append(known)
            self._open = _Open(procedure_code=known.procedure_code, opened_by=position)
        elif known.dossier_code and not _adds_to(known.dossier_code, meaning):
            self._flag_empty(known.opened_by)
            self._open = _Open(procedure_code=known.procedure_code, opened_by=position)
        elif known.opened_by is None:
            known.opened_by = position
        self._open.dossier_code = meaning.dossier_code or self._open.dossier_code

    def _flag_empty(self, position: int | None) -> None:
        if position is not None:
            self._flagged.append((position, SheetFlag.WITHOUT_PAGES, len(self._done)))

    def _end_run(self) -> None:
        if self._run:
            document = self._document
            run = Run(
                positions=tuple(self._run),
                type_id=document.type_id,
                profile=document.profile,
                is_new_document=document.is_new,
            )
            self._open.runs.append(run)
            self._run, document.is_new = [], False


def _adds_to(dossier_code: str, meaning: Meaning) -> bool:
    """Whether a start says more about a dossier that was named and has no page yet."""
    if meaning.dossier_code:
        return meaning.dossier_code == dossier_code
    return bool(meaning.procedure_code or meaning.type_id or meaning.profile)


def _part(made: _Open) -> DossierPart:
    return DossierPart(
        runs=tuple(made.runs),
        dossier_code=made.dossier_code,
        procedure_code=made.procedure_code,
        opened_by=made.opened_by,
    )


def _is_back(page: JudgedPage, pages: Sequence[JudgedPage], position: int) -> bool:
    """Whether it is the blank side of a sheet whose other side is a separator."""
    if not page.is_blank or page.verdict != NO_SEPARATOR:
        return False
    places = [at for at in (position - 1, position + 1) if 0 <= at < len(pages)]
    return any(_same_sheet(page, pages[at]) and pages[at].verdict.meaning is not None for at in places)


def _same_sheet(one: JudgedPage, other: JudgedPage) -> bool:
    return one.sheet is not None and one.sheet == other.sheet
