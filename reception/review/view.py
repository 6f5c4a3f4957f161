"""What the confirm screen shows of a document: lines of fields, doubtful ones first in the order of Tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.confirmed import ConfirmedFact
from dossiers.disagreements import OtherValue
from dossiers.doubts import DoubtKind, Piece, doubts_of, pieces_of, unsure_words
from dossiers.page_layout import PageLayout
from dossiers.reading import FieldValue, Source
from dossiers.review_desk import OpenedReview
from dossiers.review_ports import Unconfirmed
from reception.frame.sheet_view import SheetView, mark_of, sheet_of, window_on
from reception.review.shown_value import shown
from reception.review.suggestions import suggestions_for

#: What holds values that nobody can read by eye.
_CODES = frozenset({Source.QR, Source.BARCODE})
#: Least width of the window on a code, as a share of the page.
_LEAST_OF_CODE = 0.25
#: The surest place of several for one field.
_SURENESS = {Source.QR: 0, Source.MRZ: 1, Source.BARCODE: 2, Source.PDF_TEXT: 3, Source.OCR: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field.

    Attributes:
        name: its key.
        value: as shown in the input: what was typed, else what was read.
        read: what was read, as shown.
        pieces: the same cut into sure and doubtful pieces.
        doubts: why it is to be looked at; empty where it need not be.
        is_seen: whether the clerk has typed or looked.
        suggestions: what it may be instead, as shown.
        others: what other places say.
        failed_checks: names of rules that do not hold.
        source: what it was read from.
        page_id: where its box is; empty where it has none.
        window: window of the picture that shows it.
        mark: its box, ``left top width height``.
    """

    name: str
    value: str
    read: str
    pieces: tuple[Piece, ...]
    doubts: tuple[DoubtKind, ...]
    is_seen: bool
    suggestions: tuple[str, ...]
    others: tuple[OtherValue, ...]
    failed_checks: tuple[str, ...]
    source: Source
    page_id: str
    window: str
    mark: str

    @property
    def is_open(self) -> bool:
        """Whether the clerk still has to look at it."""
        return bool(self.doubts) and not self.is_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """The document with its pictures."""

    lines: tuple[FieldLine, ...]
    sheets: tuple[SheetView, ...]
    bare_pages: tuple[tuple[str, int], ...]

    @property
    def open_count(self) -> int:
        """How many fields still want a look."""
        return sum(each.is_open for each in self.lines)


def view_of(
    opened: OpenedReview, layouts: Mapping[str, PageLayout], pages_of_fields: Mapping[tuple[str, str], str]
) -> DocumentView:
    """Gathers what the screen shows.

    Args:
        opened: the document in the clerk's hands.
        layouts: measures and words by page id; a page that nobody could read has none.
        pages_of_fields: page id by name and raw text of a value.
    """
    edits = dict(opened.draft.edits)
    groups: dict[str, list[FieldValue]] = {}
    for value in opened.document.fields:
        groups.setdefault(value.name, []).append(value)
    lines = [
        _line(sorted(group, key=lambda each: _SURENESS[each.source]), opened, edits, layouts, pages_of_fields)
        for group in groups.values()
    ]
    for name, text in edits.items():
        if name not in groups:
            lines.append(_typed_line(name, text))
    sheets = [
        sheet_of(page.page_id, page.number, layouts[page.page_id])
        for page, _ in opened.pages
        if page.page_id in layouts
    ]
    bare = [(page.page_id, page.number) for page, _ in opened.pages if page.page_id not in layouts]
    return DocumentView(lines=tuple(lines), sheets=tuple(sheets), bare_pages=tuple(bare))


def confirmed_lines(facts: Sequence[ConfirmedFact]) -> tuple[tuple[str, str, bool], ...]:
    """Name, value and whether it was corrected, of a paper that is confirmed already."""
    return tuple((each.name, shown(each.name, each.value), each.is_corrected) for each in facts)


def _line(
    group: Sequence[FieldValue],
    opened: OpenedReview,
    edits: Mapping[str, str],
    layouts: Mapping[str, PageLayout],
    pages_of_fields: Mapping[tuple[str, str], str],
) -> FieldLine:
    best = group[0]
    others = tuple(dict.fromkeys(o for each in group for o in opened.others.get((each.name, each.raw), ())))
    placed = next((each for each in group if each.box is not None), best)
    page_id = pages_of_fields.get((placed.name, placed.raw), "")
    layout = layouts.get(page_id)
    read = shown(best.name, best.value)
    alternatives = suggestions_for(best, others)
    has_box = layout is not None and placed.box is not None
    return FieldLine(
        name=best.name,
        value=edits.get(best.name, read),
        read=read,
        pieces=pieces_of(read, alternatives, unsure_words(layout, placed.box)),
        doubts=doubts_of(best, disagrees=bool(others)),
        is_seen=best.name in edits or best.name in opened.draft.looked_at,
        suggestions=alternatives,
        others=others,
        failed_checks=tuple(name for name, holds in best.checks if not holds),
        source=best.source,
        page_id=page_id if has_box else "",
        window=_window(placed, layout) if layout else "",
        mark=" ".join(map(str, mark_of(placed.box))) if layout and placed.box else "",
    )


def _window(placed: FieldValue, layout: PageLayout) -> str:
    """The window on a value; one on a code shows little more than the code."""
    if placed.box is None:
        return ""
    if placed.source in _CODES:
        return window_on(placed.box, layout, least=_LEAST_OF_CODE)
    return window_on(placed.box, layout)


def doubtful_count(waiting: Unconfirmed) -> int:
    """Fields of a waiting document that the reading itself leaves in doubt and nobody looked at yet.

    What other papers and the store say is looked up when the document is opened: it may add some.
    """
    draft = waiting.draft
    seen = {*draft.looked_at, *dict(draft.edits)} if draft else set()
    doubtful = {value.name for value in waiting.document.fields if doubts_of(value, disagrees=False)}
    return len(doubtful - seen)


def _typed_line(name: str, text: str) -> FieldLine:
    return FieldLine(
        name=name,
        value=text,
        read="",
        pieces=(),
        doubts=(),
        is_seen=True,
        suggestions=(),
        others=(),
        failed_checks=(),
        source=Source.OCR,
        page_id="",
        window="",
        mark="",
    )
