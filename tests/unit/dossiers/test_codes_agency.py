from __future__ import annotations

import pytest

from dossiers.codes import AgencyCode, AgencyCodeStyle
from dossiers.errors import InputError


@pytest.mark.parametrize(
    ("text", "style", "level_one"),
    [
        ("H29", AgencyCodeStyle.LEVEL_ONE_FIRST, "H29"),
        ("h29.119", AgencyCodeStyle.LEVEL_ONE_FIRST, "H29"),
        ("G01.899.108", AgencyCodeStyle.LEVEL_ONE_FIRST, "G01"),
        ("000.00.16.H26", AgencyCodeStyle.LEVEL_ONE_LAST, "H26"),
        (" 000.00.00.H55 ", AgencyCodeStyle.LEVEL_ONE_LAST, "H55"),
        ("Z1A.0300588569", AgencyCodeStyle.OTHER_ORGANISATION, "Z1A"),
    ],
)
def test_the_style_and_the_first_level_are_seen(text: str, style: AgencyCodeStyle, level_one: str) -> None:
    code = AgencyCode.parse(text)

    assert code.style is style
    assert code.level_one == level_one
    assert str(code) == text.strip().upper()


@pytest.mark.parametrize(
    "text",
    ["", "H", "H2", "29", "H29.", "H29..01", ".H29", "H29-119", "00.00.16.H26", "H29.Đ1", "H29." + "1" * 32],
)
def test_what_is_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        AgencyCode.parse(text)
    assert refusal.value.code == "BAD_AGENCY_CODE"


def test_an_identifier_may_have_35_characters() -> None:
    assert len(AgencyCode.parse("H29." + "1" * 31).text) == 35


@pytest.mark.parametrize(
    ("lower", "upper", "is_within"),
    [
        ("H29.119", "H29", True),
        ("H29.119.01", "H29.119", True),
        ("H29.1190", "H29.119", False),
        ("H26.119", "H29", False),
        ("H29", "H29.119", False),
        ("H29", "H29", True),
        ("000.00.16.H26", "H26", True),
        ("000.00.16.H26", "H26.16", False),
        ("000.00.16.H26", "000.00.00.H26", False),
    ],
)
def test_an_agency_stands_below_another(lower: str, upper: str, is_within: bool) -> None:
    assert AgencyCode.parse(lower).is_within(AgencyCode.parse(upper)) is is_within
