"""Place and date of a document: ``Hà Nội, ngày 12 tháng 3 năm 2026`` in the head or above the signature."""

from __future__ import annotations

import re
from typing import Final

from classifiers.dates import all_dates
from classifiers.extractors.found import field_of
from classifiers.folding import fold
from classifiers.layout import Segment, Sheet
from dossiers.reading import FieldValue, Source

_HEAD: Final = 0.45
#: ``…, ngày … tháng … năm …``: a short line that ends with the date.
_LINE: Final = re.compile(
    r"(?P<place>[^\d]{0,60}?)(?:^|[\s,.:;'-])ngay(?P<day>.{0,8}?)thang(?P<month>.{0,8}?)"
    r"nam\s*(?P<year>[\d. ]{0,6})\W*"
)
_NO_PLACE: Final = re.compile(
    r"\b(?:can cu|quyet dinh|nghi dinh|thong tu|cap ngay|cap|sinh|ghi bang chu|den het|ke tu|dang ky|lan"
    r"|het han|luat|gio|phut)\b|\bso\b.*/"
)
#: Of these the words that are parts of names of places too: ``Tự Lạn``, ``Gio Linh``.
_PLACE: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")
#: Papers whose issue date is the day of registration, printed with its own label.
_BY_FIRST_WORDS: Final = frozenset({"hop_dong_chuyen_quyen", "giay_uy_quyen"})
_BY_REGISTRATION: Final = frozenset({"giay_khai_sinh", "gcn_ket_hon"})


def place_date(sheet: Sheet, type_id: str, source: Source) -> FieldValue | None:
    """Finds the date of issue.

    Returns:
        The line in the head, else the last such line below; ``value`` is ``None`` where day or month are left
        open; no value at all where no such line stands.
    """
    head: list[tuple[Segment, str | None]] = []
    foot: list[tuple[Segment, str | None]] = []
    for row in sheet.rows:
        is_high = (row.box.top + row.box.bottom) / 2 < _HEAD * sheet.height
        for segment in row.segments:
            if _is_date_line(segment):
                dates = all_dates(segment.text) or all_dates(_without_capitals(segment))
                (head if is_high else foot).append((segment, dates[-1][0] if dates else None))
    if type_id in _BY_FIRST_WORDS:
        opening = _opening(sheet, source)
        if opening is not None:
            return opening
    if type_id in _BY_REGISTRATION and not head:
        registered = _registration(sheet, source)
        if registered is not None:
            return registered
    lines = head[:1] or foot[-1:]
    if not lines:
        return None
    segment, day = lines[0]
    return field_of("issue_date", day, segment.tokens, source)


def _without_capitals(segment: Segment) -> str:
    """A date line without words of a line in capitals that runs into it: an office below."""
    return " ".join(
        token.text for token in segment.tokens if not (token.key.isalpha() and token.text.isupper())
    )


def _is_date_line(segment: Segment) -> bool:
    folded = fold(segment.text)
    match = _LINE.fullmatch(folded)
    if match is None:
        return False
    return _NO_PLACE.search(match.group("place")) is None or _is_place(segment.text.partition(",")[0])


def _is_place(text: str) -> bool:
    """Whether all of two or more words begin with a capital, as those of a name of a place do."""
    return _PLACE.fullmatch(text.strip()) is not None and text.istitle()


def _opening(sheet: Sheet, source: Source) -> FieldValue | None:
    """``Hôm nay, ngày …``: the first words of a contract."""
    for row in sheet.rows:
        if row.key.startswith("homnay"):
            dates = all_dates(row.text)
            return field_of("issue_date", dates[0][0] if dates else None, row.tokens, source)
    return None


def _registration(sheet: Sheet, source: Source) -> FieldValue | None:
    for row in sheet.rows:
        if "ngaythangnamdangky" in row.key:
            dates = all_dates(row.text)
            return field_of("issue_date", dates[0][0] if dates else None, row.tokens, source)
    return None
