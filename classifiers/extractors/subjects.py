"""Subject of a document: under the number of a letter, under the title of any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from classifiers.extractors.found import field_of
from classifiers.folding import fold
from classifiers.layout import Segment, Sheet
from dossiers.reading import FieldValue, Source

_ABOUT: Final = re.compile(r"^v\s?/\s?v\b|^ve viec\b")
_TITLES: Final = re.compile(
    r"(quyet dinh|thong bao|to trinh|bao cao|ke hoach|thong tu|nghi dinh|nghi quyet|chi thi|luat|bien ban"
    r"|huong dan)"
    r"\W*"
)
_ENDS: Final = re.compile(
    r"^(kinh gui|can cu|thuc hien|theo de nghi|xet |chu tich|uy ban nhan dan|bo truong|dieu \d|1\.|i\."
    r"|trong |hom nay|hoi \d)"
)
_LEAD: Final = re.compile(r"^(?:v\s?/\s?v|về việc)\b[\s:.]*", re.IGNORECASE)
_MOST_LINES: Final = 5


def subject(sheet: Sheet, type_id: str, source: Source) -> FieldValue | None:
    """Finds the subject line or lines; ``None`` where there are none."""
    segments = [segment for row in sheet.rows if row.box.top < 0.5 * sheet.height for segment in row.segments]
    for at, segment in enumerate(segments):
        folded = fold(segment.text)
        if _ABOUT.match(folded):
            return _joined(_column(segments, at, first=at), source)
        if type_id != "cong_van" and _TITLES.fullmatch(folded) and segment.text.isupper():
            lines = _column(segments, at, first=at + 1)
            return _joined(lines, source) if lines else None
    return None


def _column(segments: Sequence[Segment], anchor: int, *, first: int) -> list[Segment]:
    """The lines from ``first`` on that stand below each other around the anchor's middle."""
    above = segments[anchor]
    lines: list[Segment] = [segments[first]] if first == anchor else []
    bottom = above.box.bottom
    for segment in segments[anchor + 1 :]:
        overlap = min(above.box.right, segment.box.right) - max(above.box.left, segment.box.left)
        height = segment.box.bottom - segment.box.top
        if overlap <= 0 or segment.box.top < bottom - height // 2:
            continue
        is_end = _is_end(segment.text) or len(lines) == _MOST_LINES
        if (
            is_end
            or segment.box.top - bottom > 2.2 * height
            or (lines and _is_other_style(lines[-1], segment))
        ):
            break
        lines.append(segment)
        bottom = segment.box.bottom
    return lines


def _is_end(text: str) -> bool:
    return not text[0].islower() and _ENDS.match(fold(text)) is not None


def _is_other_style(line: Segment, following: Segment) -> bool:
    """Capitals after small letters begin something else: the issuing authority."""
    return following.text.isupper() and not line.text.isupper() and len(following.text) > 8


def _joined(lines: Sequence[Segment], source: Source) -> FieldValue:
    tokens = [token for line in lines for token in line.tokens]
    text = " ".join(" ".join(token.text for token in tokens).split())
    return field_of("subject", _LEAD.sub("", text).strip(" ._-–") or None, tokens, source)
