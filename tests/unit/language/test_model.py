from __future__ import annotations

import math
from pathlib import Path

import pytest

from benchmarks.language.build import packed
from benchmarks.language.corpus import encode, is_prose
from benchmarks.language.estimate import Pruning, estimate
from dossiers.errors import ConfigurationError
from pipeline.language.model import LanguageModel, load_model

_PROSE = ["cơ sở dữ liệu quốc gia về dân cư"] * 40 + ["tổ chức và cá nhân có thẩm quyền"] * 40
_ALL = Pruning(bigram_count=1, trigram_count=1, trigram_gain=0.0)


def _built(*extra: str, pruning: Pruning = _ALL) -> bytes:
    text = encode([*_PROSE, *extra], always=["hiếm"])
    return packed(text.words, estimate(text, pruning))


def _cost(model: LanguageModel, text: str) -> float:
    numbers = [model.number_of(word) for word in text.split()]
    return model.score(*numbers)


def test_the_same_text_gives_the_same_bytes() -> None:
    assert _built("một dòng nữa") == _built("một dòng nữa")


def test_seen_words_cost_less_than_unseen_ones() -> None:
    model = LanguageModel(_built())

    assert _cost(model, "cơ sở dữ") < 0.2
    assert _cost(model, "cơ sở quyền") > 3


def test_the_costs_of_a_place_are_a_distribution() -> None:
    model = LanguageModel(_built())
    first, second = model.number_of("cơ"), model.number_of("sở")

    total = sum(math.exp(-model.score(first, second, number)) for number in range(len(model.words)))

    assert total == pytest.approx(1.0, abs=0.08)


def test_pairs_that_others_with_the_same_letters_outnumber_are_left_out() -> None:
    spoiled = ["cơ sở đữ liệu quốc gia"] * 4
    kept = LanguageModel(_built(*spoiled, pruning=Pruning(bigram_count=1, error_share=0.0)))
    cleaned = LanguageModel(_built(*spoiled, pruning=Pruning(bigram_count=1, error_share=0.2)))

    assert kept.has_bigram(kept.number_of("đữ"), kept.number_of("liệu"))
    assert not cleaned.has_bigram(cleaned.number_of("đữ"), cleaned.number_of("liệu"))
    assert cleaned.has_bigram(cleaned.number_of("dữ"), cleaned.number_of("liệu"))


def test_rare_words_enter_only_when_asked_for() -> None:
    model = LanguageModel(_built("hiếm lắm"))

    assert model.knows("hiếm")
    assert not model.knows("lắm")
    assert model.number_of("lắm") == model.other


def test_words_with_the_same_letters_are_found(knowledge: object) -> None:
    del knowledge
    model = load_model()

    assert {"du", "dù", "dữ", "dự", "đủ"} <= {model.words[number] for number in model.alike("du")}
    assert model.alike("zzz") == []


@pytest.mark.parametrize(
    "content", [b"", b"SOHOA-LM/1\n", b"SOHOA-LM/1\n\x04\x00\x00\x00{}ab", b"PK" + bytes(40)]
)
def test_a_broken_file_is_refused(content: bytes) -> None:
    with pytest.raises(ConfigurationError):
        LanguageModel(content)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        load_model(tmp_path / "none.lm")


def test_the_delivered_model_is_small() -> None:
    path = Path("pipeline/language/data/administrative.lm")

    assert path.stat().st_size < 4_000_000


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tổ chức, cá nhân có liên quan", True),
        ("Phu luc kem theo Thong tu so 22", False),
        ("title: Văn bản", False),
        ("Mẫu_số_1.doc", False),
        ("a", False),
    ],
)
def test_only_prose_with_marks_is_learnt(line: str, expected: bool) -> None:
    assert is_prose(line) is expected
