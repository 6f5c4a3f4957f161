"""Random capture for training and evaluation: another scanner, feeder and table for every paper.

The committed set keeps the settings that its recipes name; all other splits are varied by seed.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Final

from samples.generator.plan import DossierPlan, FileKind, Part
from samples.generator.scanner import Mode, ScanSettings

#: One paper in this many is photographed by phone.
_PHOTO_SHARE: Final = 0.1
_EXTRAS: Final = ("speckle", "uneven_light", "shadow", "blur", "noise", "punch_holes", "bleed_through")
_SUFFIXES: Final = {
    "jpg": "jpg",
    "png": "png",
    "tiff_g4": "tif",
    "tiff_lzw": "tif",
    "tiff_jpeg": "tif",
    "pdf_scan": "pdf",
}


def vary(plan: DossierPlan) -> DossierPlan:
    """The plan with capture settings and file kinds drawn anew from its scene's random source."""
    rng = plan.scene.rng
    parts = [_varied(part, number, rng) for number, part in enumerate(plan.parts, start=1)]
    return replace(plan, parts=parts)


def _varied(part: Part, number: int, rng: random.Random) -> Part:
    if part.kind in ("pdf_born", "pdf_signed"):
        return part
    is_card = part.paper.sheets[0].canvas.width < 200
    is_photo = rng.random() < _PHOTO_SHARE
    mode = _mode(rng, is_card=is_card, is_photo=is_photo)
    kind: FileKind = "jpg" if is_photo else _kind(rng, mode)
    dpi = (
        rng.choice((200, 200, 300, 300)) if is_card or mode == "bilevel" else rng.choice((150, 200, 200, 300))
    )
    base = ScanSettings(
        dpi=dpi,
        mode=mode,
        degradations=() if is_photo else _degradations(rng, is_card=is_card),
        bed="a4" if is_card and not is_photo and rng.random() < 0.4 else "sheet",
        is_photo=is_photo,
    )
    scans = tuple(
        replace(
            base, skew=_skew(rng), rotation=0 if is_photo else rng.choice((0, 0, 0, 0, 90, 180, 180, 270))
        )
        for _ in part.paper.sheets
    )
    stem = part.file.split(".")[0].replace("*", "").strip("-")
    star = "-*" if kind in ("jpg", "png") else ""
    return replace(
        part,
        file=f"{number:02d}-{stem}{star}.{_SUFFIXES[kind]}",
        kind=kind,
        scans=scans,
        blank_backs=not is_card and not is_photo and rng.random() < 0.25,
    )


def _mode(rng: random.Random, *, is_card: bool, is_photo: bool) -> Mode:
    if is_photo:
        return "color"
    if is_card:
        return rng.choice(("color", "color", "color", "gray"))
    return rng.choice(("color", "color", "gray", "bilevel"))


def _kind(rng: random.Random, mode: Mode) -> FileKind:
    if mode == "bilevel":
        return rng.choice(("png", "tiff_g4", "tiff_g4", "pdf_scan"))
    return rng.choice(("jpg", "jpg", "jpg", "tiff_jpeg", "pdf_scan"))


def _skew(rng: random.Random) -> float:
    """Mostly under a degree, sometimes up to five."""
    return round(rng.uniform(-5, 5) if rng.random() < 0.25 else rng.gauss(0, 0.8), 2)


def _degradations(rng: random.Random, *, is_card: bool) -> tuple[str, ...]:
    names = [name for name in _EXTRAS if rng.random() < 0.16]
    return tuple(name for name in names if not (is_card and name in ("punch_holes", "bleed_through")))
