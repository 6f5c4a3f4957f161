"""The jobs of the child for separators and cards, over the frames that cross the pipe."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dossiers.errors import EngineError
from pipeline.child import answered
from pipeline.frames import Frame
from scanners.id_card.job import sides_of, sides_request
from scanners.separators.job import sheet_request, sight_of
from sohoa.code_job import codes_of, codes_request
from sohoa.scan_jobs import scan_jobs


def _png(size: tuple[int, int] = (800, 1100)) -> bytes:
    target = io.BytesIO()
    Image.new("L", size, 250).save(target, "PNG", dpi=(100, 100))
    return target.getvalue()


def test_the_child_answers_every_job() -> None:
    [codes] = answered(codes_request(_png()), scan_jobs())
    assert codes_of(codes) == ()
    [sheet] = answered(sheet_request(_png()), scan_jobs())
    assert sight_of(sheet).codes == ()
    [sides] = answered(sides_request(_png()), scan_jobs())
    assert sides_of(sides) == ()


def test_what_cannot_be_decoded_is_an_answer_and_no_crash() -> None:
    [answer] = answered(sheet_request(b"no picture"), scan_jobs())
    assert answer.head["error"] == "input"


@pytest.mark.parametrize(
    "told",
    [
        "[]",
        "{}",
        "not json",
        '{"frame_share": 1, "is_bare": 1, "has_patch_t": false, "codes": []}',
        '{"frame_share": 1, "is_bare": true, "has_patch_t": false, "codes": [3]}',
    ],
)
def test_an_unsound_sight_is_refused(told: str) -> None:
    with pytest.raises(EngineError):
        sight_of(Frame(head={"sight": told}))


@pytest.mark.parametrize(
    "told",
    [
        "{",
        '[{"corners": [[0,0],[1,0],[1,1]], "facing": "front", "is_upright": true, "confidence": 0.9}]',
        '[{"corners": [[0,0],[1,0],[1,1],[0,NaN]], "facing": "back", "is_upright": true, "confidence": 0.9}]',
        '[{"corners": [[0,0],[1,0],[1,1],[0,1]], "facing": "edge", "is_upright": true, "confidence": 0.9}]',
        '[{"corners": [[0,0],[1,0],[1,1],[0,1]], "facing": "front", "is_upright": 1, "confidence": 0.9}]',
    ],
)
def test_unsound_sides_are_refused(told: str) -> None:
    with pytest.raises(EngineError):
        sides_of(Frame(head={"sides": told}))


@pytest.mark.parametrize("told", ["", "{}", "[1]", "no"])
def test_codes_that_are_none_are_an_error_of_the_child(told: str) -> None:
    with pytest.raises(EngineError):
        codes_of(Frame(head={"codes": told}))
