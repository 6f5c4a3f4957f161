"""How far confidences can be believed: ``python -m benchmarks.confidence.measure FOLDER...``.

For each group: the engine's own numbers, the delivered table, and a table fitted without the document that it
judges (and without the groups left out). Folders as for ``benchmarks.confidence.fit``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.confidence.figures import adaptive_error, brier, expected_error, reliability, separation
from benchmarks.confidence.logistic import Numbers
from benchmarks.confidence.pages import LabelledPage, labelled_pages
from benchmarks.confidence.training import LEFT_OUT, held_out
from pipeline.confidence.calibration import load_calibration
from pipeline.language.repair import load_knowledge


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads, calibrates and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--label", help="name of the kept readings")
    parser.add_argument("--leave-out", nargs="*", default=LEFT_OUT, help="groups that only judge")
    parser.add_argument("--tables", action="store_true", help="print reliability tables too")
    chosen = parser.parse_args(arguments)
    pages = list(labelled_pages(chosen.folders, chosen.label))
    others = dict(held_out(pages, chosen.leave_out))
    for group in sorted({page.group for page in pages}):
        own = [page for page in pages if page.group == group]
        print(f"{group}: {len(own)} pages, {sum(len(page.engine) for page in own)} words")
        ways = {
            "engine": [page.engine for page in own],
            "delivered": [load_calibration().probabilities(page.features) for page in own],
            "held out": [others[page] for page in own],
        }
        for name, confidences in ways.items():
            print("    " + summary(name, own, confidences))
            if chosen.tables:
                print(table(np.concatenate(confidences), _right(own)))
    print(f"{1000 * _seconds(pages):.1f} ms CPU a page")


def summary(name: str, pages: Sequence[LabelledPage], confidences: Sequence[Numbers]) -> str:
    """Returns the figures of a group in one line: words, then pages."""
    sure, right = np.concatenate(confidences), _right(pages)
    foretold = np.array([_share(page, each) for page, each in zip(pages, confidences, strict=True)])
    truly = np.array([_share(page, page.is_right.astype(np.float64)) for page in pages])
    off = foretold - truly
    return (
        f"{name:10} right {right.mean():.4f} foretold {sure.mean():.4f} "
        f"ECE {expected_error(sure, right):.4f} by equal counts "
        f"{adaptive_error(sure, right):.4f} Brier {brier(sure, right):.4f} "
        f"AUC {separation(sure, right):.3f}; pages: off by {np.abs(off).mean():.4f}, "
        f"most {np.abs(off).max():.3f}, on the whole {off.mean():+.4f}"
    )


def table(confidence: Numbers, is_right: npt.NDArray[np.bool_]) -> str:
    """Returns a reliability table: bin, words, foretold, right."""
    rows = reliability(confidence, is_right)
    return "\n".join(
        f"        {row.low:.1f}+ {row.count:6} words, foretold {row.foretold:.3f}, right {row.right:.3f}"
        for row in rows
    )


def _right(pages: Sequence[LabelledPage]) -> npt.NDArray[np.bool_]:
    return np.concatenate([page.is_right for page in pages])


def _share(page: LabelledPage, of_words: Numbers) -> float:
    """The share of the letters: what ``PageText.confidence`` foretells."""
    return float(np.average(of_words, weights=page.letters)) if len(of_words) else 0.0


def _seconds(pages: Sequence[LabelledPage]) -> float:
    calibration, model = load_calibration(), load_knowledge().model
    started = time.process_time()
    for page in pages:
        calibration.calibrate(page.text, model)
    return (time.process_time() - started) / max(1, len(pages))


if __name__ == "__main__":
    main()
