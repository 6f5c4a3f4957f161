"""Fonts with full Vietnamese coverage, in pools that the splits do not share.

No string is drawn with a font that lacks one of its characters: ``FontBook.font`` checks first.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from fontTools.ttLib import TTFont
from PIL import ImageFont

from dossiers.errors import ConfigurationError
from samples.generator.style import Style

_ROOT: Final = Path("/usr/share/fonts/truetype")
#: Points to millimetres.
POINT_MM: Final = 25.4 / 72


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFamily:
    """Four faces of one design; ``scale`` brings its width near to that of Times or Arial."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path
    scale: float = 1.0

    def face(self, style: Style) -> Path:
        """The font file for a look."""
        if style.bold:
            return self.bold_italic if style.italic else self.bold
        return self.italic if style.italic else self.regular


def _family(
    name: str, folder: str, stem: str, faces: tuple[str, str, str, str], scale: float = 1.0
) -> FontFamily:
    regular, bold, italic, bold_italic = (_ROOT / folder / f"{stem}{face}.ttf" for face in faces)
    return FontFamily(
        name=name, regular=regular, bold=bold, italic=italic, bold_italic=bold_italic, scale=scale
    )


_DASHED: Final = ("-Regular", "-Bold", "-Italic", "-BoldItalic")
_BOOK: Final = ("", "-Bold", "-Italic", "-BoldItalic")
_SLANTED: Final = ("", "-Bold", "-Oblique", "-BoldOblique")
_FREE_SERIF: Final = ("", "Bold", "Italic", "BoldItalic")
_FREE_SANS: Final = ("", "Bold", "Oblique", "BoldOblique")

TINOS: Final = _family("Tinos", "croscore", "Tinos", _DASHED)
ARIMO: Final = _family("Arimo", "croscore", "Arimo", _DASHED)
COUSINE: Final = _family("Cousine", "croscore", "Cousine", _DASHED)
DEJAVU_SERIF: Final = _family("DejaVu Serif Condensed", "dejavu", "DejaVuSerifCondensed", _BOOK, 0.84)
DEJAVU_SANS: Final = _family("DejaVu Sans Condensed", "dejavu", "DejaVuSansCondensed", _SLANTED, 0.92)
FREE_SERIF: Final = _family("FreeSerif", "freefont", "FreeSerif", _FREE_SERIF)
FREE_SANS: Final = _family("FreeSans", "freefont", "FreeSans", _FREE_SANS)
FREE_MONO: Final = _family("FreeMono", "freefont", "FreeMono", _FREE_SANS)
NOTO_SERIF: Final = _family("Noto Serif", "noto", "NotoSerif", _DASHED, 0.85)
NOTO_SANS: Final = _family("Noto Sans", "noto", "NotoSans", _DASHED, 0.93)


@dataclass(frozen=True, slots=True, kw_only=True)
class FontPool:
    """The families one split may use."""

    serif: tuple[FontFamily, ...]
    sans: tuple[FontFamily, ...]
    mono: tuple[FontFamily, ...]


_PRODUCT: Final = FontPool(serif=(TINOS, TINOS, DEJAVU_SERIF), sans=(ARIMO, DEJAVU_SANS), mono=(COUSINE,))
_JUDGED: Final = FontPool(serif=(FREE_SERIF, NOTO_SERIF), sans=(FREE_SANS, NOTO_SANS), mono=(FREE_MONO,))

#: Pools by split; ``eval`` shares no family with the others.
POOLS: Final = MappingProxyType({"demo": _PRODUCT, "train": _PRODUCT, "dev": _PRODUCT, "eval": _JUDGED})


class FontBook:
    """The fonts one dossier is drawn with; opens each face once.

    Raises:
        ConfigurationError: a font file is missing, or lacks a character that is to be drawn.
    """

    def __init__(self, pool: FontPool, rng: random.Random) -> None:
        self._families = {
            "serif": rng.choice(pool.serif),
            "sans": rng.choice(pool.sans),
            "mono": rng.choice(pool.mono),
        }
        self._open: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}
        self._covered: dict[Path, frozenset[int]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The families chosen."""
        return tuple(family.name for family in self._families.values())

    def size_mm(self, style: Style) -> float:
        """Height of the em in millimetres."""
        return style.size * self._families[style.family].scale * POINT_MM

    def face(self, style: Style) -> Path:
        """The font file that a look uses."""
        return self._families[style.family].face(style)

    def font(self, style: Style, pixels_per_mm: float, text: str) -> ImageFont.FreeTypeFont:
        """The opened face for drawing ``text``."""
        path = self.face(style)
        self.require(path, text)
        key = (path, round(self.size_mm(style) * pixels_per_mm))
        if key not in self._open:
            self._open[key] = ImageFont.truetype(str(path), key[1])
        return self._open[key]

    def require(self, path: Path, text: str) -> None:
        """Refuses text that the face cannot show completely."""
        if path not in self._covered:
            self._covered[path] = _coverage(path)
        missing = {ord(each) for each in text} - self._covered[path]
        if missing:
            raise _font_error(f"{path.name} lacks {sorted(hex(each) for each in missing)}")


def _coverage(path: Path) -> frozenset[int]:
    if not path.is_file():
        raise _font_error(f"the font file {path.name} is not installed")
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


def _font_error(detail: str) -> ConfigurationError:
    return ConfigurationError(
        "FONT_UNAVAILABLE",
        vi="Thiếu phông chữ tiếng Việt để vẽ hồ sơ mẫu.",
        en=f"A font for drawing samples is missing or incomplete: {detail}.",
        hint="Install fonts-croscore, fonts-freefont-ttf, fonts-dejavu-extra and fonts-noto-core.",
    )
