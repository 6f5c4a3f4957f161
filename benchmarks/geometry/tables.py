"""The tables of a run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Final

from benchmarks.geometry.trial import Trial
from benchmarks.tables import quantile, share, table

#: Straighter than this is straight, degrees.
_STRAIGHT: Final = 0.05
_BANDS: Final = ((0.0, _STRAIGHT), (_STRAIGHT, 1.0), (1.0, 5.0), (5.0, 10.0), (10.0, 15.0))


def orientation_table(trials: Sequence[Trial]) -> str:
    """Which way up, by kind of page."""
    rows = []
    for kind in sorted({trial.kind for trial in trials}):
        chosen = [trial for trial in trials if trial.kind == kind]
        rows.append(
            [kind, str(len(chosen)), _share(chosen, [each.is_guess_right for each in chosen]),
             _share(chosen, [each.is_guess_clear for each in chosen]),
             _share(chosen, [each.is_right for each in chosen]),
             f"{statistics.fmean(each.geometry_seconds for each in chosen):.2f} s"]
        )  # fmt: skip
    return table(("Kind", "Probes", "Guess right", "Guess clear", "Right in the end", "CPU before OCR"), rows)


def angle_table(trials: Sequence[Trial]) -> str:
    """Angle left, by the angle put in; only pages that ended upright can say."""
    measured = [
        (abs(trial.put_in_degrees), trial.left_degrees)
        for trial in trials
        if trial.put_in_degrees is not None and trial.left_degrees is not None
    ]
    bands = [(f"{low}-{high}°", low, high) for low, high in _BANDS]
    rows = []
    for name, low, high in [*bands, ("all", 0.0, 90.0)]:
        left = [angle for put_in, angle in measured if low <= put_in < high]
        if left:
            rows.append(
                [name, str(len(left)), share(sum(angle <= 0.1 for angle in left), len(left)),
                 share(sum(angle <= 0.2 for angle in left), len(left)),
                 f"{quantile(left, 0.99):.2f}°", f"{max(left):.2f}°"]
            )  # fmt: skip
    return table(("Put in", "Probes", "Within 0.1°", "Within 0.2°", "99th percentile", "Worst"), rows)


def sheet_table(trials: Sequence[Trial]) -> str:
    """Sheets found in photos, and whether anything printed was cut away anywhere."""
    photos = [trial for trial in trials if trial.kind.startswith("photo")]
    corners = [trial.corner_mm for trial in photos if trial.corner_mm is not None]
    rows = [
        ["Photos with the sheet found", _share(photos, [each.is_cropped for each in photos])],
        ["Corner off, median", f"{quantile(corners, 0.5):.2f} mm"],
        ["Corner off, worst", f"{max(corners, default=float('nan')):.2f} mm"],
        [
            "Other pages cropped",
            str(sum(each.is_cropped for each in trials) - sum(e.is_cropped for e in photos)),
        ],
        ["Pages with a printed line cut", str(sum(each.cut_lines > 0 for each in trials))],
    ]
    return table(("Sheets", "Measured"), rows)


def failures(trials: Sequence[Trial]) -> str:
    """Names what missed a bound, so that it can be looked at."""
    lines = []
    for trial in trials:
        faults = [
            *(["not upright"] if not trial.is_right else []),
            *([f"{trial.left_degrees:.2f}° left"] if (trial.left_degrees or 0.0) > 0.2 else []),
            *([f"{trial.cut_lines} lines cut"] if trial.cut_lines else []),
            *([f"corner {trial.corner_mm:.1f} mm off"] if (trial.corner_mm or 0.0) > 2.0 else []),
        ]
        if faults:
            put_in = "" if trial.put_in_degrees is None else f", put in {trial.put_in_degrees:.2f}°"
            lines.append(f"- {trial.name} ({trial.kind}{put_in}): {', '.join(faults)}")
    return "\n".join(lines)


def _share(chosen: Sequence[Trial], held: Sequence[bool]) -> str:
    return share(sum(held), len(chosen))
