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
#: Share of dossiers that come as one file.
_BUNDLE_SHARE: Final = 0.35
_EXTRAS: Final = ("speckle", "uneven_light", "shadow", "blur", "noise", "punch_holes", "bleed_through")
#: Faults of copiers, feeders and bad settings: fewer pages have them.
_RARE: Final = ("photocopy", "thin_paper", "dirty_glass", "toner_fade", "thin_bits", "bold_bits")
_RARE_SHARE: Final = 0.05
_PAPER_ONLY: Final = ("punch_holes", "bleed_through", "thin_paper", "photocopy", "toner_fade")
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
    ordered = list(plan.parts)
    if rng.random() < 0.5:
        rng.shuffle(ordered)
    if rng.random() < _BUNDLE_SHARE:
        return replace(plan, parts=_bundled(ordered, rng))
    parts = [_varied(part, number, rng) for number, part in enumerate(ordered, start=1)]
    return replace(plan, parts=parts)


def one_pass(parts: list[Part], rng: random.Random, *, has_backs: bool) -> list[Part]:
    """All papers through one scanner in one run, born-digital ones printed first; one file or one a page."""
    scanned: list[Part] = [replace(part, kind="jpg") for part in parts]
    bundle = _bundled(scanned, rng, has_backs=has_backs)
    if bundle[0].kind == "tiff_jpeg" and rng.random() < 0.5:
        return [replace(part, kind="jpg", file="trang-*.jpg") for part in bundle]
    return bundle


def _bundled(parts: list[Part], rng: random.Random, *, has_backs: bool | None = None) -> list[Part]:
    """All papers through one scanner in one run: one file, one resolution, one mode."""
    mode: Mode = rng.choice(("color", "gray", "bilevel"))
    kind = _bundle_kind(rng, mode)
    base = ScanSettings(dpi=rng.choice((200, 300)), mode=mode, degradations=_degradations(rng, is_card=True))
    if has_backs is None:
        has_backs = rng.random() < 0.4
    bundle = []
    for part in parts:
        if part.kind in ("pdf_born", "pdf_signed"):
            bundle.append(part)
            continue
        is_card = part.paper.sheets[0].canvas.width < 200
        settings = replace(base, bed="a4" if is_card else "sheet")
        bundle.append(
            replace(
                part,
                file=f"ho-so.{_SUFFIXES[kind]}",
                kind=kind,
                scans=_scans(settings, len(part.paper.sheets), rng),
                blank_backs=has_backs and not is_card,
            )
        )
    return bundle


def _bundle_kind(rng: random.Random, mode: Mode) -> FileKind:
    if mode == "bilevel":
        return rng.choice(("tiff_g4", "pdf_scan"))
    return rng.choice(("tiff_jpeg", "pdf_scan"))


def _scans(base: ScanSettings, sides: int, rng: random.Random) -> tuple[ScanSettings, ...]:
    turns = (0,) if base.is_photo else (0, 0, 0, 0, 90, 180, 180, 270)
    return tuple(replace(base, skew=_skew(rng), rotation=rng.choice(turns)) for _ in range(sides))


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
    scans = _scans(base, len(part.paper.sheets), rng)
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
    names += [name for name in _RARE if rng.random() < _RARE_SHARE]
    return tuple(name for name in names if not (is_card and name in _PAPER_ONLY))
