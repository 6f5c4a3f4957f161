from __future__ import annotations

import pytest

from dossiers.codes import ProcedureCode
from dossiers.errors import InputError

READ = [
    ("1.001193", "1.001193", None, "", False),
    ("1,013727", "1.013727", None, "", False),
    ("1.01417", "1.014170", None, "", True),
    ("2.00056", "2.000560", None, "", True),
    ("2,00056", "2.000560", None, "", True),
    ("1.013", "1.013000", None, "", True),
    ("1.000894.01", "1.000894", None, "01", False),
    ("2.000815.000.00.00.H55", "2.000815", "000.00.00.H55", "", False),
    ("1.001193.000.00.00.H29", "1.001193", "000.00.00.H29", "", False),
    ("2.000815.000.00.00.H55.02", "2.000815", "000.00.00.H55", "02", False),
    ("1.012796.H36", "1.012796", "H36", "", False),
    ("1.012796.h36", "1.012796", "H36", "", False),
    ("1.012796.H36.01", "1.012796", "H36", "01", False),
    ("  1 .001193\n", "1.001193", None, "", False),
    ("1.001\u00a0193", "1.001193", None, "", False),
    ("3.000722", "3.000722", None, "", False),
    ("5.000722", "5.000722", None, "", False),
    ("6.000722", "6.000722", None, "", False),
]

REFUSED = [
    "",
    " ",
    "1",
    "1.",
    "1.00",
    "1.0011934",
    "4.001193",
    "0.001193",
    "7.001193",
    "11.001193",
    "1-001193",
    "1.001193.1",
    "1.001193.001",
    "1.00119.01",
    "1.01417.H36",
    "1.001193.Z36",
    "1.001193.H3",
    "1.001193 1.001194",
    "١.٠٠١١٩٣",
    "Đăng ký khai sinh",
    "1.001193'; DROP TABLE",
]


@pytest.mark.parametrize(("text", "number", "agency", "service", "is_repaired"), READ)
def test_a_code_is_brought_to_one_form(
    text: str, number: str, agency: str | None, service: str, is_repaired: bool
) -> None:
    code = ProcedureCode.parse(text)

    assert code.number == number
    assert (str(code.agency) if code.agency else None) == agency
    assert code.service == service
    assert code.is_repaired is is_repaired
    assert code.raw == text


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        ProcedureCode.parse(text)
    assert refusal.value.code == "BAD_PROCEDURE_CODE"


def test_codes_are_equal_however_they_were_written() -> None:
    assert ProcedureCode.parse("1,01417") == ProcedureCode.parse("1.014170")
    assert ProcedureCode.parse("1.012796.H36") != ProcedureCode.parse("1.012796")


@pytest.mark.parametrize("text", ["1.014170", "1.000894.01", "2.000815.000.00.00.H55.02", "1.012796.H36"])
def test_a_whole_code_prints_as_it_was_read(text: str) -> None:
    assert str(ProcedureCode.parse(text)) == text
