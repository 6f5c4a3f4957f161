"""Name of the signer: the last name below a line of authority, on the right or in the middle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from classifiers.extractors.family_names import is_family_name, is_known
from classifiers.extractors.found import field_of
from classifiers.folding import fold
from classifiers.layout import Segment, Sheet, Token
from dossiers.reading import FieldValue, Source

_OFFICE: Final = re.compile(
    r"^(?:q\. |kt\.|tm\.|tl\.|tuq\.|pho |quyen )|chu tich|giam doc|cuc truong|vu truong|bo truong"
    r"|truong phong|thu truong|chanh van phong|hieu truong|nguoi ky|truong cong an|pho truong|truong ban"
    r"|nguoi thuc hien|chi cuc truong|cuc canh sat|trat tu xa hoi"
    r"|cong chung vien|thu tuong|doi truong|vien truong|chanh an"
)
#: What a seal leaves of an office: ``[Ủ TỊCH``, ``ĐỐC``.
_REST_OF_OFFICE: Final = re.compile(r"^\W*\w{0,3} ?(?:tich|doc|truong)$")
_RANK: Final = re.compile(
    r"^(?:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy|uý)|(?:gs|pgs|ts|ths|bs|luật sư)\.?)[\s.]+",
    re.IGNORECASE,
)
#: A name of two words that stands so many letter heights off the middle of its office has lost a third.
_OFF_CENTRE: Final = 0.9
#: Signatures stand below this share of the page height.
_LOWER: Final = 0.28
#: A name that begins with one of these has lost its family name.
_MIDDLE_NAMES: Final = frozenset({"thi"})


def signers(
    sheet: Sheet, source: Source, *, needs_office: bool = False, is_later_page: bool = False
) -> list[FieldValue]:
    """Finds the signer and, on an issued copy, the signer of the register.

    Of a name whose family name is covered the rest stands in ``raw``, and ``value`` is ``None``.

    Of several names below lines of authority the last one on the right is the signer; one below the line
    ``NGƯỜI KÝ GIẤY KHAI SINH`` on the left is the register's.

    Args:
        sheet: the page or the part of it that is signed.
        source: what the text was read from.
        is_later_page: whether the page has no head, so that signatures may stand high on it.
        needs_office: whether a name without a legible line of authority is not taken.
    """
    offices: list[Segment] = []
    named: list[tuple[str | None, list[Token], str]] = []
    for row in sheet.rows:
        if row.box.top < _LOWER * sheet.height and not is_later_page:
            continue
        for segment in row.segments:
            if _is_office(segment):
                offices.append(segment)
                continue
            name = _name_of(segment) or _rest_of_name(segment)
            office = next((each for each in reversed(offices[-4:]) if _is_below(segment, each)), None)
            if name is not None and office is not None and _is_cut(segment, office):
                name = None, name[1]
            if name is not None and office is not None:
                named.append((*name, office.key))
    found = _told_apart(named, sheet, source, is_copy=_has_two(offices))
    if needs_office or any(value.value is not None for value in found):
        return found
    return _without_office(sheet, source) or found


def _without_office(sheet: Sheet, source: Source) -> list[FieldValue]:
    """The last full name at the lower right, where the office above it is not legible."""
    found: list[FieldValue] = []
    for row in sheet.rows:
        for segment in row.segments:
            name = _name_of(segment)
            is_right = (segment.box.left + segment.box.right) / 2 > 0.52 * sheet.width
            if name is None or not is_right or row.box.top < 0.45 * sheet.height:
                continue
            if is_family_name(name[0].split()[0]) and len(name[0].split()) >= 3:
                value = field_of("signer_name", *name, source)
                found = [replace(value, confidence=0.8 * value.confidence)]
    return found


def _has_two(offices: Sequence[Segment]) -> bool:
    """Whether one authority signs on the left and another on the right."""
    return any(
        one.box.right < other.box.left
        and abs(one.box.top - other.box.top) < 6 * (one.box.bottom - one.box.top)
        for one in offices
        for other in offices
    )


def _told_apart(
    named: Sequence[tuple[str | None, list[Token], str]], sheet: Sheet, source: Source, *, is_copy: bool
) -> list[FieldValue]:
    found: dict[str, FieldValue] = {}
    for name, tokens, office in named:
        is_left = tokens[-1].box.right < sheet.width * 0.5
        is_register = (
            is_copy and is_left and office.startswith(("nguoikygiaykhaisinh", "nguoikygiaychungnhan"))
        )
        field = "register_signer_name" if is_register else "signer_name"
        known = found.get(field)
        if known is not None and known.value is not None and name is None:
            continue
        if not (is_copy and is_left and field == "signer_name"):
            found[field] = field_of(field, name, tokens, source)
    return list(found.values())


def _is_office(segment: Segment) -> bool:
    letters = [sign for sign in segment.text if sign.isalpha()]
    is_capital = bool(letters) and sum(sign.isupper() for sign in letters) > 0.7 * len(letters)
    folded = fold(segment.text)
    if is_capital and _REST_OF_OFFICE.search(folded):
        return True
    match = _OFFICE.search(folded)
    if not segment.text[:1].isupper():
        return False
    return match is not None and (is_capital or (match.start() == 0 and len(folded) < 40))


def _name_of(segment: Segment) -> tuple[str, list[Token]] | None:
    """Two to five words that all begin with a capital and hold letters only."""
    text = _RANK.sub("", segment.text.strip(" .,;:-_—\"“”'‘’`"))
    words = text.split()
    if (
        not 2 <= len(words) <= 5
        or (len(words) == 2 and not is_known(words[0]))
        or len(words[0]) == 1
        or fold(words[0]) in _MIDDLE_NAMES
        or not all(re.fullmatch(r"[^\W\d_]+", word) for word in words)
    ):
        return None
    if not all(word[0].isupper() and word[1:].islower() for word in words if len(word) > 1):
        return None
    return text, list(segment.tokens[-len(words) :])


def _rest_of_name(segment: Segment) -> tuple[None, list[Token]] | None:
    """Given names whose family name is not legible: the value is empty, the words tell where it stands."""
    tokens = list(segment.tokens)
    rest: list[Token] = []
    while tokens and _is_given(tokens[-1].text.strip(".,;:")):
        rest.insert(0, tokens.pop())
    return (None, rest) if 1 <= len(rest) <= 4 and len(tokens) <= 2 and _is_debris(tokens) else None


def _is_given(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word[0].isupper() and word[1:].islower()


def _is_cut(segment: Segment, office: Segment) -> bool:
    """Whether two words are the rest of a name: they stand too far to the right of their office's middle."""
    height = segment.box.bottom - segment.box.top
    shift = (segment.box.left + segment.box.right - office.box.left - office.box.right) / 2
    return len(segment.tokens) == 2 and shift > _OFF_CENTRE * height


def _is_debris(tokens: Sequence[Token]) -> bool:
    """What a seal leaves of a word: nothing, or a few signs that are no name."""
    return all(len(token.text) <= 7 and not _is_given(token.text) for token in tokens)


def _is_below(segment: Segment, office: Segment) -> bool:
    middle = (segment.box.left + segment.box.right) / 2
    reach = 0.25 * (office.box.right - office.box.left)
    return office.box.left - reach < middle < office.box.right + reach and segment.box.top > office.box.bottom
