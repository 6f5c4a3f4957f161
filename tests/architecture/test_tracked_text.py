"""No real person's number and no path of a developer's machine stands in any tracked text file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossiers.codes import PersonalNumber

#: Twelve digits alone, in threes, or inside the machine-readable zone of a card. Hexadecimal neighbours are
#: hash sums, and a decimal point before them makes a fraction.
_NUMBERS = (
    re.compile(r"(?<![0-9a-f])(?<![0-9]\.)([0-9]{12})(?![0-9a-f])"),
    re.compile(r"(?<![0-9.])([0-9]{3}([ .\u00a0-])[0-9]{3}\2[0-9]{3}\2[0-9]{3})(?![0-9])"),
    re.compile(r"VNM[0-9]{10}([0-9]{12})<"),
)

#: Numbers that look like a person's and are none: file, number, and why it may stay.
ALLOWED: dict[tuple[str, str], str] = {}


def _personal_numbers(text: str) -> Iterator[str]:
    """Numbers that could be a living person's: an assigned province, a century that has begun."""
    for pattern in _NUMBERS:
        for found in pattern.finditer(text):
            number = PersonalNumber.parse(found.group(1).replace("\u00a0", " "))
            if number.province is not None and number.digits[3] in "0123":
                yield number.digits


def test_no_tracked_text_holds_a_number_outside_the_reserved_range(texts: dict[str, str]) -> None:
    found = {
        f"{path}: {PersonalNumber.parse(number).masked}"
        for path, text in texts.items()
        for number in _personal_numbers(text)
        if (path, number) not in ALLOWED
    }
    assert found == set()


def test_every_exception_is_still_needed_and_has_a_reason(texts: dict[str, str]) -> None:
    for (path, number), reason in ALLOWED.items():
        assert reason
        assert number in set(_personal_numbers(texts[path]))


@pytest.mark.parametrize("pattern", ["{}", "Số: {}.", '"{}"', "CCCD:{}|", "IDVNM0901234562{}<<5"])
def test_a_number_of_an_assigned_province_is_noticed(pattern: str) -> None:
    number = "079" + "090123456"

    assert list(_personal_numbers(pattern.format(number))) == [number]


@pytest.mark.parametrize("separator", [" ", ".", "-", "\u00a0"])
def test_a_number_printed_in_threes_is_noticed(separator: str) -> None:
    groups = ("079", "090", "123", "456")

    assert list(_personal_numbers(separator.join(groups))) == ["".join(groups)]


@pytest.mark.parametrize(
    "text",
    [
        "003090123456",
        "IDVNM0901234562003090123456<<5",
        "0." + "079" + "090123456",
        "sha256:ab" + "079" + "090123456" + "cd",
        "079" + "0901234567",
        "079" + "990123456",
        "202611220554",
    ],
)
def test_other_digits_are_left_alone(text: str) -> None:
    assert list(_personal_numbers(text)) == []


def _machine_paths(text: str, places: tuple[str, ...]) -> Iterator[str]:
    for place in places:
        if re.search(rf"(?<![\w.:/~-]){re.escape(place)}/", text):
            yield place


def test_no_tracked_text_names_a_path_of_this_machine(root: Path, texts: dict[str, str]) -> None:
    here = (str(root.parent), str(Path.home()), "/root", "/home")
    places = tuple({place for place in here if place.count("/") and place != "/"})
    found = {path: list(_machine_paths(text, places)) for path, text in texts.items()}

    assert {path: named for path, named in found.items() if named} == {}


@pytest.mark.parametrize(
    ("text", "is_named"),
    [("see /srv/x/y", True), ('"/srv/x"', False), ("https://a.vn/srv/x/y", False), ("a/srv/x/y", False)],
)
def test_a_machine_path_is_noticed(text: str, is_named: bool) -> None:
    assert bool(list(_machine_paths(text, ("/srv/x",)))) is is_named
