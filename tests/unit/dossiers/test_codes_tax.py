from __future__ import annotations

import pytest

from dossiers.codes import TaxCheck, TaxCode
from dossiers.errors import InputError

#: Published codes of two state enterprises; their check digits are known to hold.
PUBLIC_CODES = ["0100109106", "0300588569"]


@pytest.mark.parametrize("text", PUBLIC_CODES)
def test_the_check_digit_of_a_real_enterprise_holds(text: str) -> None:
    assert TaxCode.parse(text).check is TaxCheck.HOLDS


@pytest.mark.parametrize("text", PUBLIC_CODES)
@pytest.mark.parametrize("place", range(10))
def test_every_single_wrong_digit_is_noticed(text: str, place: int) -> None:
    for digit in set("0123456789") - {text[place]}:
        damaged = text[:place] + digit + text[place + 1 :]
        assert TaxCode.parse(damaged).check is not TaxCheck.HOLDS


@pytest.mark.parametrize(
    ("text", "base", "branch", "printed"),
    [
        ("0100109106", "0100109106", "", "0100109106"),
        ("0100109106-001", "0100109106", "001", "0100109106-001"),
        ("0100109106001", "0100109106", "001", "0100109106-001"),
        (" 0100 109 106 - 001 ", "0100109106", "001", "0100109106-001"),
        ("003090123456", "003090123456", "", "003090123456"),
    ],
)
def test_the_three_kinds_are_read(text: str, base: str, branch: str, printed: str) -> None:
    code = TaxCode.parse(text)

    assert (code.base, code.branch, code.printed) == (base, branch, printed)


def test_where_the_rule_gives_ten_nothing_is_decided() -> None:
    assert TaxCode.parse("0000000000").check is TaxCheck.UNDECIDED


def test_a_personal_number_may_serve_as_tax_code() -> None:
    code = TaxCode.parse("003090123456")

    assert code.check is TaxCheck.UNDECIDED
    assert code.personal_number is not None
    assert code.personal_number.digits == "003090123456"
    assert TaxCode.parse("0100109106").personal_number is None


@pytest.mark.parametrize(
    "text", ["", "010010910", "01001091061", "0100109106-01", "0100109106-0001", "01OO109106"]
)
def test_other_shapes_are_refused(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        TaxCode.parse(text)
    assert refusal.value.code == "BAD_TAX_CODE"


@pytest.mark.parametrize("text", ["0100109106", "0100109106-001", "003090123456"])
def test_a_code_never_shows_itself(text: str) -> None:
    code = TaxCode.parse(text)

    assert code.base not in f"{code} {code!r}"
    assert code.base[-3:] in repr(code)
