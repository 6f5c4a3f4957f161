"""Draws, scans and writes one planned dossier: its files, ``dossier.toml`` and ``truth.json``."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from samples.generator.canvas import Canvas
from samples.generator.files import SignatureStamp, write_born_digital, write_images, write_signed
from samples.generator.plan import DossierPlan, Part
from samples.generator.scanner import Scan, ScanSettings, as_picture, scan
from samples.generator.truth import DossierTruth, PageTruth, Received, dossier_truth, page_truth

#: Resolution that pages of a born-digital PDF are measured at in the truth.
BORN_DIGITAL_DPI: Final = 200
#: What a phone writes into its pictures, whatever their true resolution.
PHONE_DPI: Final = 72


def write_dossier(folder: Path, name: str, plan: DossierPlan, seed: int) -> DossierTruth:
    """Writes the dossier under ``folder / name`` and returns its truth."""
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    pages = _receive(plan)
    by_file: dict[str, list[Received]] = {}
    for page in pages:
        page.index = len(by_file.setdefault(page.file, []))
        by_file[page.file].append(page)
    kinds = {page.file: plan.parts[page.document - 1].kind for page in pages}
    for file, group in by_file.items():
        _write_file(target / file, kinds[file], group, plan)
    has_evidence = plan.scene.split != "demo"
    numbered: list[PageTruth] = [
        page_truth(number, page, has_evidence=has_evidence) for number, page in enumerate(pages, start=1)
    ]
    truth = dossier_truth(name, plan, seed, numbered)
    (target / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (target / "dossier.toml").write_text(_description(plan, list(by_file)), "utf-8")
    return truth


def _receive(plan: DossierPlan) -> list[Received]:
    pages: list[Received] = []
    for number, part in enumerate(plan.parts, start=1):
        rng = random.Random(f"{plan.scene.split}/{plan.slug}/{plan.citizen}/{number}")
        for page in _sides(part, number, rng):
            page.file = part.file.replace("*", f"{len(pages) + 1:02d}")
            pages.append(page)
    return pages


def _sides(part: Part, number: int, rng: random.Random) -> Iterator[Received]:
    for side, sheet in enumerate(part.paper.sheets):
        settings = part.scan(side)
        canvas = sheet.canvas
        if part.kind == "pdf_born":
            captured = _as_is(canvas)
        else:
            captured = scan(canvas, settings, rng, _behind(part, side))
        yield Received(
            scan=captured, canvas=canvas, type_id=sheet.type_id, document=number, is_first_page=side == 0
        )
        if part.blank_backs:
            yield _blank(canvas, settings, rng, number)


def _behind(part: Part, side: int) -> Canvas | None:
    """The other side of the leaf, for papers printed on both sides."""
    sheets = part.paper.sheets
    other = side + 1 if side % 2 == 0 else side - 1
    return sheets[other].canvas if not part.blank_backs and other < len(sheets) else None


def _blank(front: Canvas, settings: ScanSettings, rng: random.Random, number: int) -> Received:
    empty = Canvas(front.width, front.height, front.fonts)
    names = tuple(dict.fromkeys((*settings.degradations, "bleed_through")))
    captured = scan(empty, replace(settings, degradations=names, is_photo=False), rng, front)
    return Received(scan=captured, canvas=None, type_id="blank", document=number, is_first_page=False)


def _as_is(canvas: Canvas) -> Scan:
    """A born-digital page, measured at a fixed resolution and not degraded."""
    scale = BORN_DIGITAL_DPI / 25.4
    size = (round(canvas.width * scale), round(canvas.height * scale))
    return Scan(
        pixels=np.asarray(canvas.image.resize(size)),
        matrix=np.diag([scale, scale, 1.0]),
        dpi=BORN_DIGITAL_DPI,
        mode="color",
        rotation=0,
        skew=0.0,
        degradations=(),
    )


def _write_file(path: Path, kind: str, pages: list[Received], plan: DossierPlan) -> None:
    if kind == "pdf_born":
        write_born_digital(path, [page.canvas for page in pages if page.canvas is not None], plan.title)
        return
    pictures = [as_picture(page.scan) for page in pages]
    is_photo = "photo_perspective" in pages[0].scan.degradations
    dpis = [PHONE_DPI if is_photo else page.scan.dpi for page in pages]
    if kind == "pdf_signed":
        write_signed(path, pictures, dpis[0], _stamp(pages[0], plan))
    else:
        write_images(path, kind, pictures, dpis)


def _stamp(page: Received, plan: DossierPlan) -> SignatureStamp:
    """The signature block, which also becomes the first lines of the page's truth."""
    scene = plan.scene
    lines = ("SAO Y", scene.committee, f"Thời gian ký: {scene.today:%d/%m/%Y} 10:26:41 +07:00")
    stamp = SignatureStamp(lines, 140.0, 8.0, scene.fonts)
    px = page.scan.dpi / 25.4
    ruler = Canvas(10, 10, scene.fonts)
    for number, line in enumerate(lines):
        y = stamp.y + number * stamp.step
        right, top, bottom = stamp.x + ruler.measure(line, stamp.style), y - 2.6, y + 0.8
        quad = [
            [stamp.x * px, top * px],
            [right * px, top * px],
            [right * px, bottom * px],
            [stamp.x * px, bottom * px],
        ]
        rounded = [[round(x, 1), round(y, 1)] for x, y in quad]
        page.extra_lines.append({"text": line, "quad": rounded, "handwritten": False})
    return stamp


def _description(plan: DossierPlan, files: list[str]) -> str:
    rows = [f"title = {_quoted(plan.title)}"]
    if plan.procedure:
        rows.append(f"procedure = {_quoted(plan.procedure)}")
    rows.append(f"citizen = {_quoted(plan.citizen)}")
    rows.append(f"note = {_quoted(plan.note)}")
    rows.append("files = [" + ", ".join(_quoted(file) for file in files) + "]")
    return "\n".join(rows) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
