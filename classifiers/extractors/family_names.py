"""Family names: a closed list, unlike given names.

Recognition loses marks of the commonest name of all (``NGUYÊN``). Where the first word of a name is no family
name and exactly one common one has its letters, that one is probably meant. The value stays as it was read,
as every name does; the clerk is offered the other, and a failed check says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from rapidfuzz.distance import Levenshtein

from classifiers.folding import fold, key_of
from dossiers.reading import FieldValue, Source

#: The check that fails where the first word of a name is no family name.
KNOWN: Final = "family_name_known"
#: How alike a word and the family name it is taken for are at least.
_NEAR: Final = 0.74
#: Family names that most people have.
_COMMON_TEXT: Final = """
Bạch Bùi Cao Châu Chu Đàm Đặng Đào Diệp Đinh Đỗ Đoàn Dương Hà Hồ Hoàng Hứa Huỳnh Khổng Kiều Kim Lâm
Lê Lương Lưu Lý Mạc Mai Nghiêm Ngô Nguyễn Ninh Nông Phạm Phan Phùng Quách Tạ Tăng Thạch Thái Tô Tôn
Tống Trần Triệu Trịnh Trương Từ Văn Võ Vũ Vương
"""
#: All that are taken as they were read.
_ALL_TEXT: Final = """
An Âu Bạch Bàn Bành Bảo Bế Biện Bồ Bùi Ca Cam Cao Cấn Cát Châu Chế Chu Chử Chúc Chung Chương Cổ Cồ
Công Cù Cung Cư Đàm Đan Đàng Đặng Danh Đào Đậu Đèo Đới Đích Diêm Điền Điểu Diệp Đinh Đính Đỗ Doãn
Đoàn Đồng Đổng Đống Du Dư Dương Đường Giang Giáp Hạ Hà Hàn Hầu Hình Hồ Hoa Hoàng Hoắc Hồng Hứa Huỳnh
Kha Khà Khang Khổng Khiếu Khuất Khúc Khương Kiên Kiều Kim Kông La Lã Lạc Lại Lâm Lang Lãnh Lầu Lê
Lều Liêu Liễu Lò Lô Lộc Lỗ Lù Lục Lữ Lương Lường Lưu Lý Ma Mã Mạc Mạch Mai Man Mạnh Mẫn Mâu Mè Mông
Mùa Ngân Nghiêm Nghị Ngô Ngọ Ngũ Ngụy Nguyễn Nhan Nhâm Nhữ Ninh Nông Ôn Ông Phạm Phan Phí Phó Phùng
Phương Phượng Quách Quản Quàng Quan Sầm Sùng Sử Sơn Tạ Tạo Tăng Tẩn Tào Thạch Thái Thẩm Thân Thang
Thào Thi Thiều Tiêu Tiết Tô Tôn Tòng Tống Trà Trác Trầm Trần Tráng Trang Tri Triệu Trình Trịnh
Trương Trưởng Từ Tường Tưởng Ung Uông Ứng Vàng Văn Vi Viên Vòng Võ Vũ Vương Vừ Xa Xồng Yên
"""
_COMMON: Final = frozenset(_COMMON_TEXT.split())
FAMILY_NAMES: Final = frozenset(_ALL_TEXT.split())
_LOWER: Final = frozenset(name.lower() for name in FAMILY_NAMES)
_LOWER_COMMON: Final = frozenset(name.lower() for name in _COMMON)
#: The one common family name that has these letters.
_ONLY: Final = {fold(name): name for name in _COMMON}
_KNOWN_LETTERS: Final = frozenset(fold(name) for name in FAMILY_NAMES)


def is_family_name(word: str) -> bool:
    """Says whether a word has the letters of a family name, whatever its marks."""
    return fold(word) in _KNOWN_LETTERS


def is_known(word: str) -> bool:
    """Says whether a word is a family name with its very marks."""
    return word.lower() in _LOWER


def is_common(word: str) -> bool:
    """Says whether a word is one of the family names that most people have, with its very marks."""
    return word.lower() in _LOWER_COMMON


def nearest_family_name(word: str) -> str | None:
    """Returns the family name that a badly read word most likely is; ``None`` where none is near enough."""
    letters = key_of(word)
    near = {
        name: Levenshtein.normalized_similarity(key_of(name), letters)
        for name in _COMMON
        if len(letters) >= len(name) - 1
    }
    best = max(near, key=lambda name: (near[name], name.lower() == word.lower()), default=None)
    return best if best is not None and near[best] >= _NEAR else None


def with_family_names(values: Iterable[FieldValue]) -> list[FieldValue]:
    """Offers for each recognised name the family name that alone can be meant; no value is changed."""
    return [_offered(value) for value in values]


def _offered(value: FieldValue) -> FieldValue:
    if value.value is None or value.source is not Source.OCR or not is_name_field(value.name):
        return value
    first, _, rest = value.value.partition(" ")
    only = _ONLY.get(fold(first))
    if not rest or only is None or first.lower() in _LOWER:
        return value
    written = only.upper() if first.isupper() else only
    return replace(
        value,
        checks=(*value.checks, (KNOWN, False)),
        alternatives=tuple(dict.fromkeys((f"{written} {rest}", *value.alternatives))),
    )


def is_name_field(field_name: str) -> bool:
    """Says whether a field holds the name of a person."""
    last = field_name.rpartition(".")[2]
    return last == "name" or (last.endswith("_name") and last not in {"business_name", "mrz_name"})
