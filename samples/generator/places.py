"""Provinces and communes of July 2025, shared out between the splits, and invented streets in them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from vietnam_provinces import Province, Ward

#: Splits that share neither people nor provinces.
SPLITS: Final = ("demo", "train", "dev", "eval")
_STREETS: Final = (
    "Hoa Ban",
    "Bình Minh",
    "Cây Me",
    "Đồng Xanh",
    "Bến Lở",
    "Cầu Gỗ Mới",
    "Suối Trong",
    "Sân Bóng",
    "Nguyễn Thị Mận",
    "Trần Văn Sỏi",
    "Lê Đình Thóc",
    "Phạm Gia Lúa",
    "Hàng Tre",
    "Giếng Đá",
)
_HAMLETS: Final = (
    "Đông",
    "Đoài",
    "Thượng",
    "Hạ",
    "Trung",
    "Tân Lập",
    "An Phú",
    "Bình Yên",
    "Phú Hòa",
    "Hợp Nhất",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A commune and its province, as official papers name them."""

    ward: str
    province: str

    @property
    def text(self) -> str:
        """``xã X, tỉnh Y`` with capitals as on identity papers."""
        return f"{self.ward}, {self.province}"

    @property
    def ward_name(self) -> str:
        """The commune without its kind."""
        return _bare(self.ward)

    @property
    def province_name(self) -> str:
        """The province without its kind."""
        return _bare(self.province)

    @property
    def is_urban(self) -> bool:
        """Whether it is a phường."""
        return self.ward.startswith("Phường")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A home: street or hamlet, commune, province."""

    street: str
    area: Area

    @property
    def text(self) -> str:
        """The whole address in one line."""
        return f"{self.street}, {self.area.text}"


def _bare(name: str) -> str:
    for kind in ("Phường ", "Xã ", "Đặc khu ", "Thành phố ", "Tỉnh "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def _is_plain(name: str) -> bool:
    """No special zone, no apostrophe, no ward that is called by a number."""
    return not name.startswith("Đặc") and all(letter.isalpha() or letter == " " for letter in name)


class Gazetteer:
    """Picks communes of the provinces that belong to one split."""

    def __init__(self, split: str, rng: random.Random) -> None:
        self._rng = rng
        ordered = sorted(Province.iter_all(), key=lambda province: province.code.value)
        self._provinces = ordered[SPLITS.index(split) :: len(SPLITS)]

    def area(self) -> Area:
        """Some commune."""
        province = self._rng.choice(self._provinces)
        wards = [ward.name for ward in Ward.iter_by_province(province.code)]
        chosen = self._rng.choice([name for name in wards if len(name) < 20 and _is_plain(name)])
        kind = "" if province.name.startswith("Thành phố") else "Tỉnh "
        return Area(ward=chosen, province=f"{kind}{province.name}")

    def address(self, area: Area) -> Address:
        """A home in the commune."""
        if area.is_urban:
            street = f"Số {self._rng.randint(2, 289)} đường {self._rng.choice(_STREETS)}"
        else:
            street = f"Thôn {self._rng.choice(_HAMLETS)}"
        return Address(street=street, area=area)
