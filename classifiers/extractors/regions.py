"""Which words on the page belong to a label as its value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from classifiers.extractors.english_halves import without_english_half
from classifiers.extractors.labels import Mark
from classifiers.extractors.rules import FieldRule, Kind
from classifiers.extractors.values import read_value
from classifiers.layout import GAP_HEIGHTS, Row, Sheet, Token

#: Values of these kinds end at a wide gap once something has been read.
_ENDS_AT_GAP: Final = frozenset({Kind.NAME, Kind.SEX, Kind.TEXT, Kind.SERIAL, Kind.NUMERIC, Kind.SYMBOL})
#: Values of these kinds may go on in the next line.
_LONG: Final = frozenset({Kind.LONG_TEXT, Kind.ADDRESS})
#: Values of these kinds are told by their shape alone.
_SHAPED: Final = frozenset({Kind.DATE, Kind.PERSONAL_NUMBER})
#: Lines of one value are not farther apart than this many letter heights.
_LINE_GAP: Final = 1.6
#: A value under its label starts within this many letter heights.
_BELOW_GAP: Final = 2.6
#: The same for a value that is told by its shape.
_FAR_BELOW: Final = 5.0
#: A line that is continued reaches this share of the column's width.
_FULL_LINE: Final = 0.7
#: The item number of the next label.
_NUMBERING: Final = re.compile(r"[(\[]?\d{1,2}[.)\]]?|[a-zđ]\)")
_MOST_LINES: Final = 4
#: A printed label has at most so many words.
_LABEL_WORDS: Final = 8
#: The last word of a sentence.
_ENDED: Final = re.compile(r"\w[.;]$")
#: The next line of a value begins at most so many letter heights to the right of its first word.
_INDENT: Final = 3


def value_tokens(
    sheet: Sheet, mark: Mark, marks: Sequence[Mark], rule: FieldRule, right_limit: int | None
) -> list[Token]:
    """Returns the words of the value, in reading order; empty where nothing stands there.

    Args:
        sheet: the page.
        mark: the label.
        marks: all labels of the page.
        rule: how the value is laid out.
        right_limit: px where the label's column ends; ``None``: at the next label.
    """
    limit = sheet.width if right_limit is None else right_limit
    beside = _beside(sheet, mark, marks, rule, limit)
    if any(token.key for token in beside):
        if rule.kind in _LONG:
            return beside + _continued(sheet, mark, marks, beside, limit, is_card=rule.is_below)
        return beside
    if rule.is_below:
        row, below = _below(sheet, mark, marks, limit, rule.kind)
        if below and rule.kind in _LONG:
            left = min(mark.left, below[0].box.left)
            start = Mark(label="", row=row, start=0, stop=0, left=left, right=mark.right, likeness=1)
            return below + _continued(sheet, start, marks, below, limit, is_card=True)
        return below
    return beside


def column_tokens(sheet: Sheet, mark: Mark, marks: Sequence[Mark], heading: str) -> list[Token]:
    """Returns the words in the label's row that stand under a column heading; empty where there is none."""
    own = next((each for each in marks if each.label == heading and each.row < mark.row), None)
    if own is None:
        return []
    others = [each.left for each in marks if each.row == own.row and each.left > own.right]
    slack = sheet.letter_height
    left, right = own.left - slack, min(others, default=sheet.width + int(slack)) - slack
    tokens = sheet.rows[mark.row].tokens[mark.stop :]
    return [token for token in tokens if left <= token.box.left < right]


def _beside(sheet: Sheet, mark: Mark, marks: Sequence[Mark], rule: FieldRule, limit: int) -> list[Token]:
    row = sheet.rows[mark.row]
    stop = min(
        (other.start for other in marks if other.row == mark.row and other.start >= mark.stop), default=None
    )
    tokens = _without_second_label(
        [token for token in row.tokens[mark.stop : stop] if token.box.left < limit]
    )
    if mark.label.startswith("["):
        tokens = _behind_colon(tokens)
    if stop is not None and tokens and _is_number_of_next(tokens):
        tokens = tokens[:-1]
    is_digits = rule.kind is Kind.PERSONAL_NUMBER and bool(tokens) and tokens[0].text[:1].isdigit()
    is_far = bool(tokens) and tokens[0].box.left - mark.right > GAP_HEIGHTS * _height(row)
    if rule.is_below and is_far and not is_digits:
        return []
    tokens = without_english_half(tokens, rule)
    return _until_gap(tokens, _height(row)) if rule.kind in _ENDS_AT_GAP or rule.is_below else tokens


def _is_number_of_next(tokens: Sequence[Token]) -> bool:
    """Whether the last word is the item number of the label that follows: alone, it needs its point."""
    last = tokens[-1].text
    return _NUMBERING.fullmatch(last) is not None and (len(tokens) > 1 or last[-1] in ".)]")


def _behind_colon(tokens: list[Token]) -> list[Token]:
    """What stands behind an illegible label that follows a number in brackets; nothing without its colon."""
    colon = next((at for at, token in enumerate(tokens[:_LABEL_WORDS]) if token.text.endswith(":")), None)
    return [] if colon is None else tokens[colon + 1 :]


def _without_second_label(tokens: list[Token]) -> list[Token]:
    """Drops a note number in brackets and the English half of a label: a slash up to the colon."""
    while tokens and (tokens[0].text in {":", "(", ")"} or _is_note(tokens[0].text)):
        tokens = tokens[1:]
    if tokens and tokens[0].text.startswith("/"):
        for at, token in enumerate(tokens[:6]):
            if token.text.endswith(":"):
                return tokens[at + 1 :]
    return tokens


def _is_note(text: str) -> bool:
    inner = text.strip(":").removeprefix("(").removesuffix(")")
    return text.startswith("(") and inner.isdigit() and len(inner) <= 2


def _until_gap(tokens: Sequence[Token], height: float) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        is_far = bool(kept) and token.box.left - kept[-1].box.right > GAP_HEIGHTS * height
        if is_far and any(each.key for each in kept):
            break
        kept.append(token)
    return kept


def _continued(
    sheet: Sheet, mark: Mark, marks: Sequence[Mark], first: Sequence[Token], limit: int, *, is_card: bool
) -> list[Token]:
    """Words of the lines below that go on with the value."""
    slack = (1.2 if is_card else 4.5) * sheet.letter_height
    more: list[Token] = []
    last_right, last_bottom = first[-1].box.right, max(token.box.bottom for token in first)
    start, last = first[0].box.left, first[-1].text
    for index in range(mark.row + 1, min(len(sheet.rows), mark.row + _MOST_LINES)):
        row = sheet.rows[index]
        tokens = [token for token in row.tokens if mark.left - slack <= token.box.left < limit]
        if not tokens:
            continue
        if tokens[0].box.top - last_bottom > _LINE_GAP * sheet.letter_height:
            break
        if _has_mark(marks, index, mark.left - slack, limit) or _begins_item(tokens):
            break
        if tokens[0].box.left > start + _INDENT * sheet.letter_height:
            continue  # something else beside the value: a photo's or a code's edge
        if _ENDED.search(last) and tokens[0].text[:1].isupper():
            break
        right_edge = min(limit, sheet.content.right)
        if not is_card and last_right < mark.left + _FULL_LINE * (right_edge - mark.left):
            break
        kept = _until_gap(tokens, _height(row))
        more += kept
        last_right, last_bottom = kept[-1].box.right, max(token.box.bottom for token in kept)
        last = kept[-1].text
    return more


def _below(
    sheet: Sheet, mark: Mark, marks: Sequence[Mark], limit: int, kind: Kind
) -> tuple[int, list[Token]]:
    """The first segment under the label that overlaps it, with its row; noise beside it is passed over.

    So is what cannot be the value by its shape: an illegible second label between a label and its date.
    """
    bottom = max(token.box.bottom for token in sheet.rows[mark.row].tokens[mark.start : mark.stop])
    for index in range(mark.row + 1, min(len(sheet.rows), mark.row + 6)):
        for segment in sheet.rows[index].segments:
            overlaps = segment.box.left < mark.right and segment.box.right > mark.left
            if not overlaps or segment.box.left >= limit:
                continue
            gap = _FAR_BELOW if kind in _SHAPED else _BELOW_GAP
            if segment.box.top - bottom > gap * sheet.letter_height:
                return index, []
            if _has_mark(marks, index, segment.box.left - 1, segment.box.right):
                return index, []
            if kind in _SHAPED and read_value(kind, segment.text) is None:
                continue
            return index, [token for token in segment.tokens if token.box.left < limit]
    return mark.row, []


def _has_mark(marks: Sequence[Mark], row: int, left: float, right: float) -> bool:
    return any(mark.row == row and left <= mark.left < right for mark in marks)


def _begins_item(tokens: Sequence[Token]) -> bool:
    """Whether a line opens a new item: ``5.``, ``a)``, ``-``, ``II.``."""
    head = tokens[0].text
    is_numbered = head.endswith((".", ")")) and len(head) <= 4 and len(tokens) > 1 and head[0].isalnum()
    return is_numbered or head in {"-", "–", "+"}


def _height(row: Row) -> float:
    heights = sorted(token.box.bottom - token.box.top for token in row.tokens)
    return heights[len(heights) // 2]
