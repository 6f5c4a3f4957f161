"""The job of a sandboxed child that judges pages, and its answers as messages."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

import cv2
import numpy as np

from dossiers.errors import EngineError
from pipeline.frames import Frame, number_of, text_of
from pipeline.image import Pixels
from scanners.judgement.measures import PageMeasures, measure_page

#: Name of the job.
JUDGE: Final = "judge"
#: Sides of a map, px: A3 at the resolution of maps has 585 x 827.
_LONGEST_MAP: Final = 4000


def judge_request(content: bytes, known_dpi: int, other_side: bytes | None) -> Frame:
    """Asks for the measures of a page; ``other_side`` is a map as an earlier answer gave it."""
    parts = (content,) if other_side is None else (content, other_side)
    return Frame(head={"job": JUDGE, "dpi": known_dpi}, parts=parts)


def answer_judge(request: Frame) -> Frame:
    """Measures a page, in the child.

    Raises:
        InputError: the page cannot be decoded, or is a PDF.
    """
    cv2.setNumThreads(1)
    other = unpacked_map(request.parts[1]) if len(request.parts) > 1 else None
    measures, own = measure_page(request.parts[0], number_of(request.head, "dpi"), other)
    return Frame(head={"measures": json.dumps(asdict(measures))}, parts=(packed_map(own),))


def measures_of(answer: Frame) -> tuple[PageMeasures, bytes]:
    """Reads an answer of the child, as strictly as a file.

    Raises:
        EngineError: BAD_OUTPUT.
    """
    try:
        told = json.loads(text_of(answer.head, "measures"))
        measures = PageMeasures(
            marks=_whole(told["marks"]),
            ink_mm2=_number(told["ink_mm2"]),
            edge_width_mm=_number(told["edge_width_mm"]),
            paper=_number(told["paper"]),
            ink=_number(told["ink"]),
            cut_edges=_whole(told["cut_edges"]),
            folded_corners=_whole(told["folded_corners"]),
            slant_degrees=_number(told["slant_degrees"]),
            streaks_mm=tuple(_number(each) for each in told["streaks_mm"]),
            stated_dpi=_whole(told["stated_dpi"]),
            width_mm=_number(told["width_mm"]),
            height_mm=_number(told["height_mm"]),
        )
        (own_map,) = answer.parts
        unpacked_map(own_map)
    except (KeyError, TypeError, ValueError) as error:
        raise EngineError("BAD_OUTPUT", "the judging process gave no measures") from error
    return measures, own_map


def packed_map(own: Pixels) -> bytes:
    """Writes a map: height, width, then its points."""
    return json.dumps(own.shape).encode().ljust(32) + own.tobytes()


def unpacked_map(content: bytes) -> Pixels:
    """Reads a map.

    Raises:
        ValueError: these bytes are none.
    """
    height, width = (int(side) for side in json.loads(content[:32]))
    if not (0 < height <= _LONGEST_MAP and 0 < width <= _LONGEST_MAP):
        raise ValueError("a map of absurd size")
    return np.frombuffer(content, np.uint8, offset=32).reshape(height, width)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError
    return float(value)
