"""Decides from what was seen on a page whether it is a separator, and what it means.

Rules: a code of ours counts only on a sheet that looks like ours; a value of a bought sheet only where the
profile maps it and the sheet holds little else; what is likely but not certain is flagged and kept.
"""

from __future__ import annotations

from typing import Final

from dossiers.document_types import DOCUMENT_TYPES
from scanners.separators.book import SeparatorBook
from scanners.separators.grammar import is_sheet_text, parse_sheet_text
from scanners.separators.meaning import Meaning
from scanners.separators.sight import PATCH_T, SheetSight
from scanners.separators.verdict import NO_SEPARATOR, SheetFlag, SheetVerdict

#: From this share of the frame on a sheet looks like ours; nothing printed elsewhere comes near.
LOOKS_LIKE_OURS: Final = 0.25


def judge_sheet(sight: SheetSight, book: SeparatorBook) -> SheetVerdict:
    """Judges one page; a pure function."""
    own = {text: parse_sheet_text(text) for text in sight.codes if is_sheet_text(text)}
    if sight.frame_share >= LOOKS_LIKE_OURS:
        return _own_sheet(own)
    if own:
        return SheetVerdict(flag=SheetFlag.NOT_A_SHEET, value=next(iter(own)))
    values = (*sight.codes, *((PATCH_T,) if sight.has_patch_t else ()))
    found = {text: meaning for text in values if (meaning := book.meaning_of(text)) is not None}
    if not found:
        return NO_SEPARATOR
    if not sight.is_bare:
        return SheetVerdict(flag=SheetFlag.NOT_A_SHEET, value=next(iter(found)))
    return _agreed(found)


def _own_sheet(own: dict[str, Meaning | None]) -> SheetVerdict:
    sound = {text: meaning for text, meaning in own.items() if meaning is not None}
    if not sound:
        flag = SheetFlag.UNKNOWN_VALUE if own else SheetFlag.UNREADABLE
        return SheetVerdict(flag=flag, value=next(iter(own), ""))
    verdict = _agreed(sound)
    if verdict.meaning and verdict.meaning.type_id and verdict.meaning.type_id not in DOCUMENT_TYPES:
        return SheetVerdict(flag=SheetFlag.UNKNOWN_VALUE, value=verdict.value)
    return verdict


def _agreed(found: dict[str, Meaning]) -> SheetVerdict:
    value, meaning = next(iter(found.items()))
    if any(each != meaning for each in found.values()):
        return SheetVerdict(flag=SheetFlag.CONTRADICTORY, value=value)
    return SheetVerdict(meaning=meaning, value=value)
