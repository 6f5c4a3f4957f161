"""The measurement of slots: same seed, same dossiers; the bar that the product is held to."""

from __future__ import annotations

from benchmarks.slots import SlotCases, SlotScore, best, in_turn, judge


def _score(fill, share: float) -> SlotScore:
    cases, score = SlotCases(7), SlotScore()
    for number in range(200):
        judge(cases.misread(cases.make(number), share), fill, score)
    return score


def test_the_same_seed_makes_the_same_dossiers() -> None:
    one, other = SlotCases(3), SlotCases(3)
    assert [one.make(n) for n in range(30)] == [other.make(n) for n in range(30)]


def test_slots_are_filled_right_and_better_than_one_after_the_other() -> None:
    mine, plain = _score(best, 0.0), _score(in_turn, 0.0)
    assert mine.right >= 0.98 * mine.documents
    assert mine.right > plain.right
    assert mine.missing_right >= plain.missing_right


def test_two_misread_types_in_a_hundred_cost_no_more_slots_than_themselves() -> None:
    mine, plain = _score(best, 0.02), _score(in_turn, 0.02)
    assert mine.right >= 0.96 * mine.documents
    assert mine.right > plain.right
