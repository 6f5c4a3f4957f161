"""Which papers of the sample dossiers the tests digitize: one of each kind, or all of them.

Reading all samples costs a minute and a half of a processor. ``SAMPLES=all`` in the environment takes all.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples" / "data"
#: All four orientations, every scanner model and capture of the samples, blank backs, cards with and without
#: codes, a photo, several pages in one file, a PDF with text of its own.
CHOSEN = {
    "01-dang-ky-khai-sinh": ("to-khai.jpg", "giay-chung-sinh.jpg", "cccd-03.jpg", "cccd-04.jpg"),
    "02-dang-ky-thuong-tru": ("ct01.pdf", "ct07.png"),
    "03-dang-ky-ket-hon": ("to-khai-ket-hon.jpg", "can-cuoc-nam.pdf"),
    "04-dang-ky-bien-dong-dat-dai": ("don-mau-18.jpg",),
    "06-cap-ban-sao-trich-luc": ("trich-luc-02.png", "trich-luc-03.png", "ket-hon.jpg"),
    "07-dang-ky-khai-tu": ("giay-bao-tu.jpg", "cccd-03.png"),
    "08-van-ban-hanh-chinh": ("cong-van-dien-tu.pdf", "quyet-dinh.tif"),
}


def lay_out(target: Path) -> Path:
    """Copies the chosen papers, dossier by dossier, with the truth about them; returns the folder."""
    for source in sorted(path.parent for path in SAMPLES.glob("*/truth.json")):
        names = {path.name for path in source.iterdir() if path.suffix not in (".json", ".toml")}
        chosen = names if os.environ.get("SAMPLES") == "all" else names & {*CHOSEN.get(source.name, ())}
        if chosen:
            _copy(source, target / source.name, chosen)
    return target


def _copy(source: Path, target: Path, names: Collection[str]) -> None:
    target.mkdir(parents=True)
    for name in names:
        shutil.copy(source / name, target)
    shutil.copy(source / "dossier.toml", target)
    truth = json.loads((source / "truth.json").read_text(encoding="utf-8"))
    truth["pages"] = [page for page in truth["pages"] if page["file"] in names]
    kept = {page["document"] for page in truth["pages"]}
    truth["documents"] = [each for each in truth["documents"] if each["id"] in kept]
    (target / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
