"""The rules of reuse are data: complete, checked, and what they say happens."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from dossiers.errors import ConfigurationError
from dossiers.reuse_book import PaperFact
from dossiers.reuse_file import load_book, parse_book
from dossiers.validity import birthday, card_term, months_later

TEXT = resources.files("dossiers").joinpath("data", "reuse.toml").read_text(encoding="utf-8")


def test_every_fact_is_used_by_some_rule_of_the_book() -> None:
    used = {fact for rule in load_book().rules for fact in rule.holds | rule.fails}
    assert used == set(PaperFact)


def test_an_office_has_rules_of_its_own_in_its_data_folder(tmp_path: Path) -> None:
    (tmp_path / "reuse.toml").write_text(
        TEXT.replace('version = "2026-11"', 'version = "ours"'), encoding="utf-8"
    )
    assert load_book(tmp_path).version == "ours"
    assert load_book(tmp_path / "elsewhere").version == "2026-11"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('when = ["revoked"]', 'when = ["rewoked"]'),
        ('when = ["revoked"]', "when = []"),
        ('code = "EXPIRED"', 'code = "REVOKED"'),
        ("may_overrule = true", "may_overule = true"),
        ('kind = "months"\nmonths = 6', 'kind = "months"'),
        ("ages = [14, 25, 40, 60]", "ages = [25, 14]"),
        ("ages = [14, 25, 40, 60]", 'ages = ["14"]'),
        ('kind = "ended"\nday = 2024-12-31', 'kind = "ended"'),
        ('whose = "own"', 'whose = "mine"'),
        ('key = "UPDATE_NOTE"', 'key = "UPDATE"'),
        ("{type} trong Kho đã bị thu hồi", "{name} trong Kho đã bị thu hồi"),
        ("Giấy tờ trong Kho là của người khác", "{type} trong Kho là của người khác"),
        ('citation = "Nghị định 45/2020/NĐ-CP, Điều 15"', 'citation = ""'),
        ('source = "dan_cu"', 'source = "dan_so"'),
        ('version = "2026-11"', "version = 7"),
        ('version = "2026-11"', "version"),
    ],
)
def test_a_broken_rule_is_refused_by_its_place(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(ConfigurationError, match="BAD_REUSE_RULES"):
        parse_book(TEXT.replace(old, new, 1))


def test_a_rule_counts_only_at_its_agencies_and_in_its_time() -> None:
    limited = TEXT.replace(
        'code = "REVOKED"',
        'code = "REVOKED"\nagencies = ["H29"]\neffective_from = 2026-01-01\neffective_to = 2026-12-31',
        1,
    )
    rule = next(each for each in parse_book(limited).rules if each.code == "REVOKED")
    facts = frozenset({PaperFact.REVOKED})
    asked = [("H29.119", 2026), ("H29", 2026), ("H290.1", 2026), ("H36", 2026), ("H29", 2025), ("H29", 2027)]
    answers = [rule.refuses(facts, "ct07", branch, date(year, 6, 1)) for branch, year in asked]
    assert answers == [True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("issued", "until"),
    [
        (date(2010, 1, 1), date(2014, 2, 28)),  # at 10: to 14
        (date(2012, 2, 27), date(2014, 2, 28)),  # the day before the two years
        (date(2012, 2, 28), date(2025, 2, 28)),  # within two years before 14: to 25
        (date(2013, 12, 31), date(2025, 2, 28)),
        (date(2014, 2, 28), date(2025, 2, 28)),  # on the birthday: to 25
        (date(2023, 2, 28), date(2040, 2, 28)),  # two years before 25: to 40
        (date(2038, 2, 27), date(2040, 2, 28)),
        (date(2058, 2, 28), None),  # within two years before 60: without end
        (date(2061, 1, 1), None),
    ],
)
def test_item_27_cards_count_to_the_milestone_with_the_two_year_exception(
    issued: date, until: date | None
) -> None:
    assert card_term(date(2000, 2, 28), issued, (14, 25, 40, 60), 2).until == until


def test_birthdays_of_leap_days_and_ends_of_months() -> None:
    assert birthday(date(2000, 2, 29), 25) == date(2025, 3, 1)
    assert birthday(date(2000, 2, 29), 40) == date(2040, 2, 29)
    assert months_later(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_later(date(2025, 12, 15), 6) == date(2026, 6, 15)
    assert months_later(date(2025, 11, 30), 3) == date(2026, 2, 28)
