"""The job of a sandboxed child that finds the sides of a card on the glass, and its answers as messages."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Final

from dossiers.errors import EngineError
from dossiers.page import Region
from pipeline.frames import Frame, number_of, text_of
from pipeline.limits import Limits
from pipeline.stages.decode import decode_page
from scanners.id_card.finding import find_sides
from scanners.id_card.side import CardSide, Facing

#: Name of the job.
FIND_SIDES: Final = "find_sides"


def sides_request(content: bytes, index: int = 0) -> Frame:
    """Asks for the sides of a card on the page with 0-based ``index``."""
    return Frame(head={"job": FIND_SIDES, "index": index}, parts=(content,))


def answer_sides(request: Frame, limits: Limits) -> Frame:
    """Finds the sides, in the child.

    Raises:
        InputError: the page cannot be decoded.
    """
    image = decode_page(request.parts[0], number_of(request.head, "index"), limits).image
    return Frame(head={"sides": json.dumps([asdict(side) for side in find_sides(image)])})


def sides_of(answer: Frame) -> tuple[CardSide, ...]:
    """Reads an answer of the child, as strictly as a file.

    Raises:
        EngineError: BAD_OUTPUT.
    """
    try:
        return tuple(_side(cells) for cells in json.loads(text_of(answer.head, "sides")))
    except (KeyError, TypeError, ValueError) as error:
        raise EngineError("BAD_OUTPUT", "the page process gave no sides of a card") from error


def _side(cells: dict[str, object]) -> CardSide:
    confidence, is_upright = cells["confidence"], cells["is_upright"]
    if not isinstance(confidence, float) or not isinstance(is_upright, bool):
        raise TypeError
    return CardSide(
        corners=_corners(cells["corners"]),
        facing=Facing(str(cells["facing"])),
        is_upright=is_upright,
        confidence=confidence,
    )


def _corners(cells: object) -> Region:
    if not isinstance(cells, list):
        raise TypeError
    one, two, three, four = ((float(x), float(y)) for x, y in cells)
    if not all(math.isfinite(cell) for corner in (one, two, three, four) for cell in corner):
        raise ValueError
    return one, two, three, four
