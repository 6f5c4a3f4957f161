"""Fits the table of confidences: ``python -m benchmarks.confidence.fit FOLDER...``.

Pages with truth, never the eval split; each is read once for a pipeline version. Run it again whenever
recognition changes, then ``python -m benchmarks.confidence.measure`` with the same folders.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.confidence.pages import LabelledPage, labelled_pages
from benchmarks.confidence.training import LEFT_OUT, fitted
from pipeline.confidence.calibration import FORMAT, Calibration
from pipeline.confidence.features import NAMES
from pipeline.version import PIPELINE_VERSION

TABLE: Final = Path("pipeline/confidence/data/words.json")


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads, fits and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--label", help="name of the kept readings; new pages are read under it")
    parser.add_argument("--leave-out", nargs="*", default=LEFT_OUT, help="groups that only judge")
    parser.add_argument("--table", type=Path, default=TABLE)
    chosen = parser.parse_args(arguments)
    pages = [
        page for page in labelled_pages(chosen.folders, chosen.label) if page.group not in chosen.leave_out
    ]
    chosen.table.parent.mkdir(parents=True, exist_ok=True)
    chosen.table.write_text(written(fitted(pages), pages), encoding="utf-8")
    print(f"{chosen.table}: {len(pages)} pages, {sum(len(page.engine) for page in pages)} words")


def written(calibration: Calibration, pages: Sequence[LabelledPage]) -> str:
    """Returns the table as JSON with a note of what it was fitted on; the same every time."""
    table = {
        "format": FORMAT,
        "fitted_on": {
            group: {
                "pages": len(own),
                "documents": len({page.document for page in own}),
                "words": sum(len(page.engine) for page in own),
            }
            for group in sorted({page.group for page in pages})
            if (own := [page for page in pages if page.group == group])
        },
        "pipeline_version": PIPELINE_VERSION,
        "intercept": round(calibration.intercept, 4),
        "weights": {
            name: round(float(weight), 4) + 0.0
            for name, weight in zip(NAMES, calibration.weights, strict=True)
        },
    }
    return json.dumps(table, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
