"""Words that were mistyped find what was meant, and short ones guess nothing."""

from __future__ import annotations

from datetime import date

import pytest

from dossiers.catalogue import load_catalogue
from dossiers.typing_slips import is_slip_of


@pytest.mark.parametrize(
    ("typed", "word", "is_meant"),
    [
        ("khai", "khai", True),
        ("kahi", "khai", True),
        ("kkhai", "khai", True),
        ("kha", "khai", True),
        ("dangk", "dang", True),
        ("thuogn", "thuong", True),
        ("sinhh", "sinh", True),
        ("chungnhan", "chungthuc", False),
        ("kh", "khai", False),
        ("dat", "nha", False),
    ],
)
def test_a_slip_is_told_from_another_word(typed: str, word: str, is_meant: bool) -> None:
    assert is_slip_of(typed, word) is is_meant


@pytest.mark.parametrize(
    "typed", ["dang ky khai sinh", "đăng ký khai sinh", "dnag ky kahi sinh", "đăgn ký khai snih"]
)
def test_a_procedure_is_found_with_and_without_tones_and_mistyped(typed: str) -> None:
    found = load_catalogue().search(typed, date(2026, 11, 28))

    assert "1.001193" in [each.number for each in found[:3]]


def test_what_is_typed_rightly_brings_no_guesses() -> None:
    found = load_catalogue().search("khai sinh")

    assert found
    assert all("khai sinh" in each.name.lower() or "khai sinh" in each.field.lower() for each in found[:2])
