"""Pages that are too bad to be read well: ``python -m benchmarks.confidence.spoilt FOLDER --out DIR``.

One page of each document is made coarse or faint in steps, so that every quality from good to hopeless
occurs. The new folder has a manifest like the first and may be measured like any other; its groups are called
``spoilt-`` and the group that a page came from.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Picture = npt.NDArray[np.uint8]

#: Made at this resolution before they are spoilt.
_DPI: Final = 150
_SEED: Final = 7


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the pages and their manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="pages with truth and a manifest.csv")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    rows = [row for page in _one_each(chosen.folder) for row in _write(page, chosen.folder, chosen.out)]
    with (chosen.out / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["image", "truth", "variant", "dpi"])
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} pages in {chosen.out}")


def _one_each(folder: Path) -> Iterator[dict[str, str]]:
    """The first page of each document, by the name before the first underscore."""
    seen: set[str] = set()
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            document = row["image"].split("_")[0]
            if document not in seen:
                seen.add(document)
                yield row


def _write(row: dict[str, str], folder: Path, out: Path) -> Iterator[dict[str, str]]:
    page = Image.open(folder / row["image"]).convert("L")
    scale = _DPI / float(row["dpi"])
    size = (round(page.width * scale), round(page.height * scale))
    grey = np.asarray(page.resize(size, Image.Resampling.BOX), dtype=np.uint8)
    group = Path("spoilt-" + Path(row["image"]).parts[0])
    (out / group).mkdir(parents=True, exist_ok=True)
    truth = group / Path(row["truth"]).name
    (out / truth).write_text((folder / row["truth"]).read_text("utf-8"), "utf-8")
    for name, spoil in _WAYS.items():
        image = group / f"{Path(row['image']).stem.split('_')[0]}_{name}.png"
        Image.fromarray(spoil(grey)).save(out / image, dpi=(_DPI, _DPI))
        yield {"image": str(image), "truth": str(truth), "variant": name, "dpi": str(_DPI)}


def _coarse(dpi: int) -> Callable[[Picture], Picture]:
    def spoil(page: Picture) -> Picture:
        small = cv2.resize(page, None, fx=dpi / _DPI, fy=dpi / _DPI, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(small, page.shape[::-1], interpolation=cv2.INTER_CUBIC), np.uint8)

    return spoil


def _faint(contrast: float) -> Callable[[Picture], Picture]:
    def spoil(page: Picture) -> Picture:
        noise = np.random.default_rng(_SEED).normal(0, 12, page.shape)
        return np.asarray(np.clip(235 - contrast * (255.0 - page) + noise, 0, 255), np.uint8)

    return spoil


_WAYS: Final = {
    "coarse90": _coarse(90),
    "coarse70": _coarse(70),
    "coarse55": _coarse(55),
    "faint30": _faint(0.30),
    "faint18": _faint(0.18),
}


if __name__ == "__main__":
    main()
