"""Number and symbol of a document: ``Số: 12/QĐ-UBND``; a copy has a second one from the register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from classifiers.extractors.found import field_of
from classifiers.extractors.values import symbol
from classifiers.folding import fold, key_of
from classifiers.layout import Segment, Sheet, Token
from dossiers.reading import FieldValue, Source

#: Number lines stand in this upper share of the page.
_HEAD: Final = 0.48
_LEADS: Final = ("số", "luật số", "pháp lệnh số", "nghị quyết số", "n°")
_BOOK: Final = re.compile(r"\bquyen\b")
_COPY: Final = re.compile(r"-\s?BS$")
#: Of these papers a copy carries the number of the register too.
_WITH_REGISTER: Final = frozenset({"giay_khai_sinh_ban_sao", "trich_luc_khai_sinh", "trich_luc_khai_tu"})


def document_numbers(sheet: Sheet, type_id: str, source: Source) -> list[FieldValue | None]:
    """Finds the document's number and, on a copy, the register's.

    Returns:
        Values in the order of the page; ``value`` is ``None`` where the line carries no legible number.
    """
    found: list[tuple[str | None, Sequence[Token]]] = []
    for row in sheet.rows:
        if (row.box.top + row.box.bottom) / 2 > _HEAD * sheet.height:
            break
        for segment in row.segments:
            tokens = _after_lead(segment, row.segments)
            if tokens is not None:
                text = " ".join(token.text for token in tokens)
                found.append((number_in(text), tokens or segment.tokens))
    if not found:
        return []
    if type_id in _WITH_REGISTER:
        return _two_numbers(found, source)
    best = next((each for each in found if each[0] is not None), found[0])
    return [field_of("document_number", *best, source)]


def _two_numbers(
    found: Sequence[tuple[str | None, Sequence[Token]]], source: Source
) -> list[FieldValue | None]:
    copy = next((each for each in found if each[0] and _COPY.search(each[0])), found[0])
    register = next((each for each in found if each is not copy and each[0] is not None), None)
    values: list[FieldValue | None] = [field_of("document_number", *copy, source)]
    if register is not None:
        values.append(field_of("register_number", *register, source))
    return values


def _after_lead(segment: Segment, neighbours: Sequence[Segment]) -> list[Token] | None:
    """Returns the words after ``Số:`` at the start of a segment; ``None`` where it is no number line."""
    for lead in _LEADS:
        words = len(lead.split())
        head = segment.tokens[:words]
        if "".join(token.key for token in head) != key_of(lead):
            continue
        rest = list(segment.tokens[words:])
        text = " ".join(token.text for token in rest)
        is_marked = head[-1].text.endswith((":", ".", ";")) or text.startswith((":", ".", ";"))
        if not is_marked and not re.match(r"[\d/]", text):
            return None
        if not rest:
            rest = _next_segment(segment, neighbours)
        return rest
    return None


def _next_segment(segment: Segment, neighbours: Sequence[Segment]) -> list[Token]:
    """A hand-written number may stand off from its lead."""
    for other in neighbours:
        gap = other.box.left - segment.box.right
        if 0 < gap < 6 * (segment.box.bottom - segment.box.top) and re.match(r"[\d/]", other.text):
            return list(other.tokens)
    return []


def number_in(text: str) -> str | None:
    """Reads the number of a number line, without the book that follows it; ``None`` for half a number."""
    cut = _BOOK.search(fold(text))
    if cut is not None:
        text = text[: cut.start()]
    value = symbol(text.strip(" :.;…"))
    is_cut = value is not None and "/" in text and "/" not in value
    return None if is_cut else value
