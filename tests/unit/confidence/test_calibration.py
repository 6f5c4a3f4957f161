"""The delivered table: surer engines are never less sure, garbage is not believed, print is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from pipeline.confidence.calibration import FORMAT, calibration_of, load_calibration
from pipeline.confidence.features import NAMES, RAMPS, features_of
from pipeline.language.candidates import Knowledge
from pipeline.text import PageText

MakePage = Callable[..., PageText]


def _sure(page: PageText, knowledge: Knowledge) -> list[float]:
    return [word.confidence for word in load_calibration().calibrate(page, knowledge.model).words]


@pytest.mark.parametrize("text", ["Quyết định số 15/QĐ-UBND", "Nguyễn Văn An", "¬§ x9'k", "01/02/2025"])
def test_a_surer_engine_never_makes_a_word_less_sure(page: MakePage, knowledge: Knowledge, text: str) -> None:
    steps = [_sure(page(text, confidence=step / 50), knowledge) for step in range(51)]
    for before, after in pairwise(steps):
        assert all(low <= high for low, high in zip(before, after, strict=True))


def test_running_text_read_surely_is_believed_and_garbage_is_not(
    page: MakePage, knowledge: Knowledge
) -> None:
    assert min(_sure(page("căn cứ luật tổ chức chính quyền địa phương"), knowledge)) > 0.95
    assert max(_sure(page("¬§ gHƯ0yo |_£", confidence=0.3), knowledge)) < 0.4


def test_a_personal_number_read_surely_still_joins_the_sides_of_a_card(
    page: MakePage, knowledge: Knowledge
) -> None:
    sure = _sure(page("Số định danh cá nhân: 003090123456"), knowledge)
    assert sure[-1] >= 0.9


def test_only_confidences_change(page: MakePage, knowledge: Knowledge) -> None:
    before = page("hồ sơ", "đăng ký", confidence=0.5)
    after = load_calibration().calibrate(before, knowledge.model)
    assert [replace(word, confidence=0.5) for word in after.words] == list(before.words)
    assert [line.box for line in after.lines] == [line.box for line in before.lines]


def test_a_page_without_words_has_no_features(page: MakePage, knowledge: Knowledge) -> None:
    assert features_of(page(), knowledge.model).shape == (0, len(NAMES))
    assert load_calibration().calibrate(page(), knowledge.model) == page()


def test_confidences_of_one_line_follow_from_that_line_its_page_and_nothing_else(
    page: MakePage, knowledge: Knowledge
) -> None:
    rows = features_of(page("hồ sơ", "x", confidence=[0.9, 0.5, 0.7]), knowledge.model)
    line, whole = NAMES.index("line"), NAMES.index("page")
    assert rows[:, line] == pytest.approx([0.5, 0.9, 0.7])
    assert rows[:, whole] == pytest.approx([0.7] * 3)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda table: table | {"format": "sohoa-confidence/9"},
        lambda table: table | {"weights": {**dict.fromkeys(NAMES, 0.1), RAMPS[3]: -0.1}},
        lambda table: table | {"weights": {"engine": 1.0}},
        lambda table: table | {"intercept": "much"},
    ],
)
def test_a_table_of_another_version_or_one_that_turns_the_order_is_refused(
    spoil: Callable[[dict[str, object]], dict[str, object]],
) -> None:
    table = {"format": FORMAT, "intercept": 0.0, "weights": dict.fromkeys(NAMES, 0.1)}
    assert calibration_of(json.loads(json.dumps(table))).probabilities(np.zeros((1, len(NAMES))))[0] == 0.5
    with pytest.raises((ValueError, KeyError, TypeError)):
        calibration_of(spoil(table))
