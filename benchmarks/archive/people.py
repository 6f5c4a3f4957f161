"""Invented people and words of ordinary text; what search makes of them is made once."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from dossiers.search_words import words_of

_FAMILY: Final = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
_MIDDLE: Final = [
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Ngọc",
    "Thanh",
    "Hữu",
    "Quang",
    "Thuỳ",
    "Xuân",
    "Kim",
    "Hồng",
    "Bảo",
    "Gia",
    "Khánh",
]
_GIVEN: Final = [
    "An",
    "Anh",
    "Bình",
    "Chi",
    "Cường",
    "Dung",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hoà",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Minh",
    "Nam",
    "Nga",
    "Ngân",
    "Nhung",
    "Oanh",
    "Phong",
    "Phúc",
    "Phương",
    "Quân",
    "Quý",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thắng",
    "Thuý",
    "Trang",
    "Trung",
    "Tuấn",
    "Tùng",
    "Vân",
    "Việt",
    "Yến",
]
_STARTS: Final = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
_ENDS: Final = [
    "a",
    "á",
    "ả",
    "an",
    "ân",
    "àng",
    "ắc",
    "ế",
    "em",
    "ên",
    "iêu",
    "inh",
    "ó",
    "oa",
    "ong",
    "ổi",
    "ở",
    "ơn",
    "ú",
    "ung",
    "ước",
    "ươi",
    "uyên",
    "ự",
    "y",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words as printed, without tone marks, and with them as search compares."""

    text: str
    folded: tuple[str, ...]
    toned: tuple[str, ...]


def phrase(text: str) -> Phrase:
    """What search makes of a text."""
    return Phrase(text=text, folded=words_of(text), toned=words_of(text, exact_tones=True))


#: Every syllable of ordinary text; each stands on a page in twenty, about.
SYLLABLES: Final = tuple(phrase(start + end) for start in _STARTS for end in _ENDS)


def person(numbers: random.Random) -> tuple[str, str]:
    """A name and a personal number; province code 003 is assigned to nobody."""
    name = f"{numbers.choice(_FAMILY)} {numbers.choice(_MIDDLE)} {numbers.choice(_GIVEN)}"
    return name, f"003{numbers.choice('01')}{numbers.randrange(40, 99)}{numbers.randrange(10**6):06}"
