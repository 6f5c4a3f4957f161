from __future__ import annotations

import pytest

from classifiers.codes.card_payload import parse_card_payload

CHIP = "003090123456|012345678|Nguyễn Văn An|12031990|Nam|Số 1, Xã Mẫu, Tỉnh Mẫu|01072021"


def test_a_chip_card_gives_seven_fields() -> None:
    card = parse_card_payload(CHIP)
    assert card is not None
    assert card.personal_number == "003090123456"
    assert card.old_number == "012345678"
    assert card.person_name == "Nguyễn Văn An"
    assert card.birth_date == "1990-03-12"
    assert card.sex == "Nam"
    assert card.issue_date == "2021-07-01"


def test_a_card_of_2024_has_more_fields_that_are_not_read() -> None:
    card = parse_card_payload(CHIP + "||||")
    assert card is not None
    assert card.residence == "Số 1, Xã Mẫu, Tỉnh Mẫu"


def test_an_empty_old_number_is_none() -> None:
    card = parse_card_payload(CHIP.replace("012345678", ""))
    assert card is not None
    assert card.old_number is None


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("003090123456", "00309012345"),
        ("012345678", "12345"),
        ("12031990", "31021990"),
        ("Nam", "Khác"),
        ("Nguyễn Văn An", "N9"),
        ("01072021", "01071989"),
        ("|01072021", ""),
        ("|01072021", "|01072021|x"),
    ],
)
def test_a_malformed_payload_gives_nothing(good: str, bad: str) -> None:
    assert parse_card_payload(CHIP.replace(good, bad, 1)) is None


def test_an_overlong_payload_gives_nothing() -> None:
    assert parse_card_payload(CHIP.replace("Số 1", "x" * 2000)) is None
