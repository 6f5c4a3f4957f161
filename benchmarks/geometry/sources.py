"""Pages with known geometry: development pages listed in ``manifest.csv`` and generated dossiers."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.geometry.probe import Probe
from benchmarks.page_case import PageCase, load_dossiers
from pipeline.limits import Limits
from pipeline.stages.decode import decode_page

#: Lines of a page that stand for all of them where only the angle is known, share of its width.
_SPAN: Final = 0.8


def load_probes(folder: Path) -> Iterator[Probe]:
    """Decodes the pages of a folder one by one, as they were received.

    Args:
        folder: holds ``manifest.csv`` with the columns image, variant, angle_degrees (counter-clockwise), or
            one folder for each dossier with its ``truth.json``.
    """
    if (folder / "manifest.csv").exists():
        yield from _listed(folder)
    else:
        for dossier in load_dossiers(folder):
            yield from (
                _generated(page) for page in dossier.pages if page.truth["lines"] and not page.has_text
            )


def _listed(folder: Path) -> Iterator[Probe]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            image = decode_page((folder / row["image"]).read_bytes(), 0, Limits()).image
            is_known = row["angle_degrees"] != "" and row["variant"] != "photo"
            radians = -math.radians(float(row["angle_degrees"])) if is_known else 0.0
            along = np.array([math.cos(radians), math.sin(radians)]) * _SPAN * image.width / 2
            across = np.array([-math.sin(radians), math.cos(radians)]) * 10.0
            middle = np.array([image.width, image.height]) / 2
            quad = [
                middle - along - across,
                middle + along - across,
                middle + along + across,
                middle - along + across,
            ]
            yield Probe(
                name=row["image"],
                kind="photo" if row["variant"] == "photo" else Path(row["image"]).parts[0],
                image=image,
                quads=np.array([quad]),
                is_angle_known=is_known,
            )


def _generated(page: PageCase) -> Probe:
    image = decode_page(page.content, 0, Limits()).image
    scale = np.array([image.width / page.truth["width"], image.height / page.truth["height"]])
    quads = np.array([line["quad"] for line in page.truth["lines"]], np.float64) * scale
    return Probe(name=page.name, kind=_kind(page), image=image, quads=quads)


def _kind(page: PageCase) -> str:
    if "photo_perspective" in page.truth["degradations"]:
        return "photo"
    if page.truth["type_id"].endswith(("_front", "_back")):
        return f"card, {page.truth['type_id'].rpartition('_')[2]}"
    return "generated paper"
