from __future__ import annotations

import pytest

from classifiers.dates import all_dates, compact_day, first_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hà Nội, ngày 12 tháng 3 năm 2026", "2026-03-12"),
        ("Ngày 03 tháng 12 năm 2024", "2024-12-03"),
        ("ngày 23 tháng07 năm 2025", "2025-07-23"),
        ("sinh 08/11/2024", "2024-11-08"),
        ("1-7-2025", "2025-07-01"),
        ("06/04I2022", "2022-04-06"),
        ("1 2 | 0 3 | 1 9 9 0", "1990-03-12"),
    ],
)
def test_written_dates_are_read(text: str, day: str) -> None:
    found = first_date(text)
    assert found is not None
    assert found[0] == day


@pytest.mark.parametrize(
    "text", ["ngày ... tháng ... năm 2020", "31/02/2020", "271081998", "12/2020", "ngày Š tháng 42 năm 2020"]
)
def test_what_is_no_full_calendar_day_is_no_date(text: str) -> None:
    assert first_date(text) is None


def test_dates_come_in_the_order_of_the_text() -> None:
    text = "từ 01/02/2020 đến ngày 3 tháng 4 năm 2021"
    assert [day for day, _ in all_dates(text)] == ["2020-02-01", "2021-04-03"]


def test_the_compact_form_of_a_card_code_is_strict() -> None:
    assert compact_day("27081998") == "1998-08-27"
    assert compact_day("2708199") is None
    assert compact_day("31021998") is None
