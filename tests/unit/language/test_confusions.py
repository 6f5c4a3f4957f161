from __future__ import annotations

from benchmarks.language.confusion_costs import costs_of
from pipeline.language.confusions import UNSEEN, Confusions, load_confusions


def test_what_is_often_confused_costs_less() -> None:
    table = costs_of([("tổ", "tô")] * 30 + [("tổ", "tổ")] * 60 + [("tố", "tố")] * 90)
    confusions = Confusions(tones=table["tones"], letters=table["letters"])

    assert confusions.cost("tổ", "tô") < 1.5
    assert confusions.cost("tố", "tô") > 4


def test_the_same_word_costs_nothing() -> None:
    assert load_confusions().cost("tổ", "tổ") == 0.0


def test_two_changes_cost_more_than_one() -> None:
    confusions = load_confusions()

    assert confusions.cost("dữ", "đu") > confusions.cost("dữ", "đữ") > 0


def test_a_change_that_was_never_measured_is_dear() -> None:
    assert Confusions(tones={}, letters={}).cost("dữ", "đữ") == UNSEEN
