"""Readers of values: printed text in, normalised text or ``None`` out. Nothing is ever guessed."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import Final

from classifiers.dates import first_date
from classifiers.extractors.rules import Kind
from classifiers.folding import fold

#: Leader dots, underscores and what recognition makes of them, at the ends of a value.
_EDGE: Final = " .…·_:;,*|~=“”„\"'`^ˆ‚¸•¬[]{}<>«»\\"
_LEADER: Final = re.compile(r"[.…·_•]{2,}|(?<=\s)[.…·_•](?=\s)|(?<=\s)[.…·_•]+$")
_NONE: Final = re.compile(r"[\s\-–—/.…·_x]*")
#: Letters that recognition puts where a box holds a digit.
AS_DIGIT: Final = str.maketrans("OoQDIl|!ZSBG", "000011112586")
_ADDRESS_FORM: Final = re.compile(r"^(?:ông|bà|anh|chị|cháu)\b(?:\s*[/(]\s*bà\)?)?[\s:.]*", re.IGNORECASE)
#: Square metres, in brackets or not, with a misread exponent.
_UNIT: Final = re.compile(r"\(?\bm\s?[2²?’'*]\)?")
#: The slash before the English half of a value, as it is read.
_ENGLISH: Final = re.compile(r" ?/ | [l|¡] | [ÍíI!] (?=VIETNAMESE)")
#: A name has at most so many words; more are a sentence in capitals.
_LONGEST_NAME: Final = 6
_SEX: Final = re.compile(r"\b(nam|nu)\b")


def read_value(kind: Kind, text: str) -> str | None:
    """Normalises the text of a value.

    Returns:
        ``None`` where the field is empty, dotted, struck out (``-/-``) or does not hold what it should.
    """
    cleaned = clean(text)
    if _NONE.fullmatch(cleaned):
        return None
    return _READERS[kind](cleaned)


def clean(text: str) -> str:
    """Removes leaders and edge signs and collapses white space; NFC."""
    spaced = _LEADER.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(spaced.split()).strip(_EDGE).strip()


def _name(text: str) -> str | None:
    """Letters and spaces up to the first sign that no name has; a name has two to six words.

    Dots between words are leaders. After a name in capitals small letters are something else.
    """
    bare = _ADDRESS_FORM.sub("", re.sub(r"^[\W_]+", "", text)).replace(".", " ")
    match = re.match(r"[^\W\d_]+(?: *[ '’\-] *[^\W\d_]+)*", bare.lstrip())
    if match is None:
        return None
    words = list(takewhile(lambda word: word[0].isupper(), match.group().split()))
    if not words:
        return None
    if words[0].isupper() and len(words[0]) > 1:
        words = list(takewhile(str.isupper, words))
    while words and len(words[-1]) == 1 and not words[-1].isupper():
        words.pop()
    if len(words) > _LONGEST_NAME:
        return None
    name = " ".join(words)
    return name if 2 <= len(words) <= 9 else None


def _date(text: str) -> str | None:
    found = first_date(text)
    return found[0] if found else None


def personal_number(text: str) -> str | None:
    """Twelve digits, printed together, in groups or in boxes; nine for an old identity card."""
    for match in re.finditer(r"[0-9OoQDIl|!ZSBG][0-9OoQDIl|!ZSBG .\-/\[\]]*", text):
        group = match.group()
        digits = re.sub(r"\D", "", group)
        if len(digits) in {9, 12}:
            return digits
        mended = re.sub(r"[^0-9]", "", re.sub(r"(?<=\s)[|!](?=\s)|\[|\]", "", group).translate(AS_DIGIT))
        if len(mended) == 12 and len(digits) >= 10:
            return mended
    return None


def _year(text: str) -> str | None:
    """Four digits of a year alone, or the year of a full date."""
    found = first_date(text)
    match = re.match(r"(?:18|19|20)\d\d(?!\d)", text)
    return match.group() if match else found[0][:4] if found else None


def _amount(text: str) -> str | None:
    """Money in figures; thousands are parted by dots or spaces."""
    match = re.match(r"\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+", text)
    return re.sub(r"\D", "", match.group()) if match else None


def _digits(text: str) -> str | None:
    match = re.search(r"(?<!\w)\d(?:[\d .\-]*\d)?(?!\w)", text)
    return re.sub(r"\D", "", match.group()) if match else None


def _sex(text: str) -> str | None:
    match = _SEX.search(fold(text))
    if match is None:
        return None
    return "Nam" if match.group(1) == "nam" else "Nữ"


def _text(text: str) -> str | None:
    """The text without its English half, or without the English half of its label."""
    text = _ENGLISH.split(re.sub(r"^/\s*\S+\s+", "", text))[0]
    return text if any(sign.isalnum() for sign in text) else None


def _address(text: str) -> str | None:
    """A place: its parts are set off by commas, which are read as semicolons; dirt stands around them."""
    parts = [part.strip(_EDGE) for part in re.split(r"[;,]+", text)]
    return _long_text(", ".join(part for part in parts if part))


def _long_text(text: str) -> str | None:
    return text if any(sign.isalnum() for sign in text) else None


def symbol(text: str) -> str | None:
    """A document number such as ``12/QĐ-UBND``: spaces inside are recognition's, not the paper's.

    A number that an odd sign interrupts (``2!15``) is not legible.
    """
    squeezed = re.sub(r"\s*([/\-–&.])\s*", r"\1", text).replace("–", "-").replace("đ", "Đ")
    squeezed = "".join(sign for sign in squeezed if sign.isascii() or not sign.islower())
    match = re.match(r"(?:\d[\w/\-&.]*|[A-ZĐ]{1,4}[ .]?\d[\w/\-&.]*)(?!\w|[^\s\w,;:)]+\w)", squeezed)
    return match.group().strip("-/._") or None if match else None


def _by_ink(text: str) -> str | None:
    """A choice is not told by words: see ``ticks``."""
    del text
    return None


def _serial(text: str) -> str | None:
    match = re.search(r"\b([A-ZĐ]{2})\s?(\d{8}|\d{6})\b", text.upper())
    return f"{match.group(1)} {match.group(2)}" if match else None


def _numeric(text: str) -> str | None:
    """A quantity with a decimal point: a comma is decimal, a dot before three digits parts thousands."""
    match = re.search(r"\d+(?:[.,]\d+)*", _UNIT.sub(" ", text))
    if match is None:
        return None
    whole = re.sub(r"\.(?=\d{3}(?:\D|$))", "", match.group())
    return whole.replace(",", ".") if whole.count(",") + whole.count(".") <= 1 else None


_READERS: Final = {
    Kind.NAME: _name,
    Kind.DATE: _date,
    Kind.YEAR: _year,
    Kind.PERSONAL_NUMBER: personal_number,
    Kind.DIGITS: _digits,
    Kind.AMOUNT: _amount,
    Kind.SEX: _sex,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.ADDRESS: _address,
    Kind.SYMBOL: symbol,
    Kind.SERIAL: _serial,
    Kind.NUMERIC: _numeric,
    Kind.CHOICE: _by_ink,
}
