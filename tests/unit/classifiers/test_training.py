"""Training: nothing of a single dossier is learned, no type may fall, older models stay selectable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from classifiers.rules.book import RuleBook, load_book
from classifiers.statistical.classifier import make
from classifiers.statistical.ngrams import buckets_of_line
from classifiers.statistical.shelf import Shelf, delivered_model
from classifiers.training.example import Example, decode_example, encode_example
from classifiers.training.fitting import fit
from classifiers.training.folds import by_dossier, by_type
from classifiers.training.gate import judge
from classifiers.training.making import ExampleMaker
from classifiers.training.scores import calibration_error
from classifiers.training.session import train_on
from classifiers.training.trial import train
from dossiers.errors import ConfigurationError

if TYPE_CHECKING:
    from conftest import PageMaker

TITLES = {
    "to_khai_khai_sinh": ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "người được khai sinh là con của người yêu cầu"),
    "giay_bao_tu": ("GIẤY BÁO TỬ", "cơ sở y tế xác nhận người bệnh đã tử vong vào lúc"),
    "giay_phep_xay_dung": ("GIẤY PHÉP XÂY DỰNG", "được phép xây dựng nhà ở số tầng cốt nền diện tích sàn"),
}


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_book()


@pytest.fixture
def examples(book: RuleBook, page_of: PageMaker) -> list[Example]:
    """Three types, each in six dossiers; a name stands in one dossier only."""
    maker = ExampleMaker(book)
    made = []
    for number in range(6):
        for type_id, (title, words) in TITLES.items():
            spots = [
                (-1, 400, title, 40),
                (200, 600, words),
                (200, 700, f"Họ và tên: Tràng Quỳnh {number * 'x'}"),
            ]
            made.append(
                maker.make(
                    page_of(spots), (), example_id=f"{type_id}/{number}", group=f"d{number}", type_id=type_id
                )
            )
    return made


def test_an_example_survives_storage_and_holds_no_text(examples: list[Example]) -> None:
    line = encode_example(examples[0])
    again = decode_example(line)
    assert np.array_equal(again.sight.counts.buckets, examples[0].sight.counts.buckets)
    assert np.allclose(again.sight.counts.weights, examples[0].sight.counts.weights, atol=0.01)
    assert encode_example(again) == line
    assert "KHAI SINH" not in line
    assert "Quỳnh" not in line


def test_what_stands_in_one_dossier_only_is_not_in_the_model(
    book: RuleBook, page_of: PageMaker, examples: list[Example]
) -> None:
    page = page_of([(-1, 400, "GIẤY BÁO TỬ", 40), (200, 700, "Ông Wỹ Zôzê Kháwlừm")])
    alone = ExampleMaker(book).make(page, (), example_id="x", group="d9", type_id="giay_bao_tu")
    model = fit([*examples, alone], delivered_model().choice, 0.5)
    name = set(buckets_of_line("Kháwlừm").tolist())
    assert name & set(alone.sight.counts.buckets.tolist())
    assert not name & set(model.vocabulary.buckets.tolist())


def test_pages_of_a_dossier_are_never_on_both_sides(examples: list[Example]) -> None:
    for fold in by_dossier(examples):
        assert not {each.group for each in fold.train} & {each.group for each in fold.judge}
    for fold in by_type(examples):
        assert not fold.hidden & {each.type_id for each in fold.train}


def test_a_new_model_goes_live_beside_the_older_ones(
    tmp_path: Path, examples: list[Example], book: RuleBook
) -> None:
    shelf = Shelf(tmp_path)
    delivered = delivered_model().version
    trained = train_on({"clerks": examples}, shelf, book.type_ids)
    assert trained.went_live == (not trained.judgement.falls)
    shelf.use(trained.trial.model.version)
    assert shelf.live().version == trained.trial.model.version
    assert [(e.version, e.is_live) for e in shelf.entries()] == [
        (delivered, False),
        (trained.trial.model.version, True),
    ]
    assert make(None, tmp_path).name == f"combined/{trained.trial.model.version}"
    card = trained.card.read_text("utf-8")
    assert "18 pages of 6 dossiers" in card
    assert "| giay_bao_tu |" in card
    shelf.use(delivered)
    assert shelf.live().version == delivered


def test_a_model_with_which_a_type_falls_stays_back(examples: list[Example], book: RuleBook) -> None:
    live = train(examples, book.type_ids).model
    spoilt = [
        replace(each, type_id="giay_bao_tu") if each.type_id == "giay_phep_xay_dung" else each
        for each in examples
    ]
    trial = train(spoilt, book.type_ids)
    known = tuple(
        replace(v, wanted=e.type_id) for v, e in zip(trial.known, _in_order(trial, examples), strict=True)
    )
    falls = judge(replace(trial, known=known), live, examples, book.type_ids).falls
    assert [fall.type_id for fall in falls] == ["giay_phep_xay_dung"]


def _in_order(trial: object, examples: list[Example]) -> list[Example]:
    by_id = {each.example_id: each for each in examples}
    return [by_id[verdict.example_id] for verdict in trial.known]  # type: ignore[attr-defined]


def test_no_other_file_is_taken_for_a_model(tmp_path: Path) -> None:
    for version in ("../records", "none", ""):
        with pytest.raises(ConfigurationError, match="BAD_MODEL"):
            Shelf(tmp_path).use(version)


def test_calibration_error_is_the_gap_between_saying_and_being_right() -> None:
    assert calibration_error([(0.9, True)] * 9 + [(0.9, False)]) == pytest.approx(0.0)
    assert calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)
