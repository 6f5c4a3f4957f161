"""What preparation makes of a probe: the free guess, the engine's say, what is left of angle and sheet."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.geometry.probe import Points, Probe, moved_points
from benchmarks.placement_error import is_upright, off_level, residual_of_lines
from pipeline.geometry import Placement
from pipeline.limits import Limits
from pipeline.ports import OcrEngine
from pipeline.recognition import recognise_upright
from pipeline.stages.crop import Sheet, find_sheet
from pipeline.stages.glyphs import find_glyphs
from pipeline.stages.orient import guess_stances
from pipeline.stages.upright import place
from pipeline.stages.warp import Frame, placement_of, upright

#: A line counts as cut where a corner lies this far outside the upright page, mm.
_CUT_MM: Final = 0.3
_MM_PER_INCH: Final = 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One probe.

    Attributes:
        name: of the probe.
        kind: of the probe.
        put_in_degrees: angle that the lines had off the nearest quarter turn, signed; ``None`` where unknown.
        left_degrees: angle that they have on the page that is read, 0 to 45; ``None`` where unknown.
        is_guess_right: whether the likeliest way up was right.
        is_guess_clear: whether the guess calls itself clear.
        is_right: whether the page ends upright.
        is_cropped: whether a sheet was found.
        corner_mm: largest distance of a corner found from the true one; ``None`` where there is none.
        cut_lines: printed lines that lie partly outside the upright page.
        geometry_seconds: CPU seconds of everything before the engine.
        engine_seconds: CPU seconds of reading; 0 where the engine was not asked.
    """

    name: str
    kind: str
    put_in_degrees: float | None
    left_degrees: float | None
    is_guess_right: bool
    is_guess_clear: bool
    is_right: bool
    is_cropped: bool
    corner_mm: float | None
    cut_lines: int
    geometry_seconds: float
    engine_seconds: float


def tried(probe: Probe, engine: OcrEngine, *, always_ask: bool = False) -> Trial:
    """Stands a probe upright.

    Args:
        probe: what to try.
        engine: asked where the guess is wrong.
        always_ask: ask it everywhere: it might turn a page away from a right guess.
    """
    started = time.process_time()
    sheet = find_sheet(probe.image)
    frame = sheet.frame() if sheet is not None else Frame.of(probe.image)
    flat = upright(probe.image, placement_of(frame, probe.image, 0, 0.0))
    glyphs = find_glyphs(flat)
    guess = guess_stances(glyphs)
    placement = place(probe.image, frame, guess.stances[0], glyphs)
    geometry_seconds = time.process_time() - started
    is_guess_right = _is_upright(probe, placement)
    if always_ask or not is_guess_right:
        placement = recognise_upright(probe.image, engine, Limits()).placement
    return Trial(
        name=probe.name,
        kind=probe.kind,
        put_in_degrees=lying_degrees(probe),
        left_degrees=_left(probe, placement),
        is_guess_right=is_guess_right,
        is_guess_clear=guess.is_clear,
        is_right=_is_upright(probe, placement),
        is_cropped=sheet is not None,
        corner_mm=_corner_mm(probe, sheet),
        cut_lines=_cut_lines(probe, placement),
        geometry_seconds=geometry_seconds,
        engine_seconds=time.process_time() - started - geometry_seconds,
    )


def _ends(probe: Probe) -> Points:
    """(n, 2, 2): the middles of the left and the right edge of each line."""
    quads = probe.quads
    return np.stack([(quads[:, 0] + quads[:, 3]) / 2, (quads[:, 1] + quads[:, 2]) / 2], axis=1)


def _is_upright(probe: Probe, placement: Placement) -> bool:
    left = residual_of_lines(_ends(probe), placement, least_share=0.0)
    return left is not None and is_upright(left)


def _left(probe: Probe, placement: Placement) -> float | None:
    residual = residual_of_lines(_ends(probe), placement) if probe.is_angle_known else None
    return None if residual is None else off_level(residual)


def lying_degrees(probe: Probe) -> float | None:
    """Angle of the lines off the nearest quarter turn, -45 to 45, clockwise positive; ``None``: unknown."""
    image = probe.image
    as_received = placement_of(Frame.of(image), image, 0, 0.0)
    residual = residual_of_lines(_ends(probe), as_received) if probe.is_angle_known else None
    return None if residual is None else (residual + 45) % 90 - 45


def _corner_mm(probe: Probe, sheet: Sheet | None) -> float | None:
    if sheet is None or probe.corners is None:
        return None
    apart = np.linalg.norm(probe.corners[:, None] - sheet.corners[None], axis=2).min(axis=1)
    return float(apart.max()) / probe.image.dpi * _MM_PER_INCH


def _cut_lines(probe: Probe, placement: Placement) -> int:
    if not probe.is_angle_known:
        return 0
    to_upright = np.linalg.inv(np.array(placement.to_original).reshape(3, 3))
    corners = moved_points(probe.quads, to_upright)
    slack = _CUT_MM / _MM_PER_INCH * placement.dpi
    inside = (
        (corners[..., 0] >= -slack) & (corners[..., 0] <= placement.width + slack)
        & (corners[..., 1] >= -slack) & (corners[..., 1] <= placement.height + slack)
    )  # fmt: skip
    return int((~inside.all(axis=1)).sum())
