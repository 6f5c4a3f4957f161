from __future__ import annotations

import contextlib
import string
import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dossiers.codes import (
    AgencyCode,
    DossierCode,
    PersonalNumber,
    ProcedureCode,
    ResultCode,
    Sex,
    TaxCheck,
    TaxCode,
    check_digit,
    dossier_codes_in,
)
from dossiers.errors import InputError
from dossiers.text_folding import fold, to_nfc, tone_key

VIETNAMESE = st.text(
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ ĐÀỞ"
)
DIGIT = st.sampled_from(string.digits)
NUMBERS = st.builds(
    lambda head, tail: f"{head}.{tail}",
    st.sampled_from("12356"),
    st.text(string.digits, min_size=6, max_size=6),
)
NEW_AGENCIES = st.from_regex(r"[A-Y][0-9]{2}(\.[0-9]{2,3}){0,3}", fullmatch=True)
OLD_AGENCIES = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}", fullmatch=True)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_tone_key_of_a_tone_key_is_itself(text: str) -> None:
    assert tone_key(tone_key(text)) == tone_key(text)


@given(VIETNAMESE)
def test_folding_and_keys_ignore_how_marks_are_encoded(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(decomposed) == fold(text)
    assert tone_key(decomposed) == tone_key(text)
    assert to_nfc(decomposed) == to_nfc(text)


@given(VIETNAMESE, VIETNAMESE)
def test_what_is_equal_with_tones_is_equal_without(one: str, other: str) -> None:
    if tone_key(one) == tone_key(other):
        assert fold(one) == fold(other)


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(NUMBERS)
def test_a_number_survives_what_a_spreadsheet_does_to_it(number: str) -> None:
    damaged = number.rstrip("0")
    if len(damaged.partition(".")[2]) >= 3:
        for written in (damaged, damaged.replace(".", ",")):
            assert ProcedureCode.parse(written).number == number


@given(
    NUMBERS,
    st.one_of(st.none(), OLD_AGENCIES),
    st.one_of(st.just(""), st.text(DIGIT, min_size=2, max_size=2)),
)
def test_a_procedure_code_prints_what_parses_to_itself(number: str, agency: str | None, service: str) -> None:
    written = ".".join(part for part in (number, agency, service) if part)
    code = ProcedureCode.parse(written)
    assert str(code) == written
    assert ProcedureCode.parse(str(code)) == code


@given(st.one_of(NEW_AGENCIES, OLD_AGENCIES), DAYS, st.integers(1, 9999))
def test_an_issued_dossier_code_parses_to_itself(agency: str, day: date, sequence: int) -> None:
    code = DossierCode.issue(agency=agency, day=day, sequence=sequence)

    assert DossierCode.parse(str(code)) == code
    assert (str(code.agency), code.day, code.sequence) == (agency, day, sequence)
    assert dossier_codes_in(f"Mã: {code}.") == (code,)
    assert ResultCode.parse(f"{code}-KQ(3)") == ResultCode(dossier=code, number=3)


@given(st.text())
def test_any_text_is_taken_or_refused_with_our_own_error(text: str) -> None:
    for parse in (
        ProcedureCode.parse,
        DossierCode.parse,
        ResultCode.parse,
        AgencyCode.parse,
        PersonalNumber.parse,
        TaxCode.parse,
    ):
        with contextlib.suppress(InputError):
            parse(text)
    assert dossier_codes_in(text) is not None
    assert check_digit(text) in {None, *range(10)}


@given(st.integers(1900, 2399), st.sampled_from(Sex), st.text(DIGIT, min_size=6, max_size=6))
def test_a_number_made_from_a_person_agrees_with_the_person(year: int, sex: Sex, tail: str) -> None:
    digit = 2 * (year // 100 - 19) + (sex is Sex.FEMALE)
    number = PersonalNumber.parse(f"003{digit}{year % 100:02d}{tail}")

    assert (number.birth_year, number.sex) == (year, sex)
    assert number.digits not in repr(number)


@given(st.text(DIGIT, min_size=9, max_size=9))
def test_at_most_one_check_digit_holds(base: str) -> None:
    checks = [TaxCode.parse(base + digit).check for digit in string.digits]
    assert checks.count(TaxCheck.HOLDS) == (0 if TaxCheck.UNDECIDED in checks else 1)


@given(st.text(string.digits + string.ascii_uppercase + "<", min_size=1), st.data())
def test_a_changed_digit_changes_the_check_digit(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    if text[place].isdigit():
        other = str((int(text[place]) + 1) % 10)
        assert check_digit(text[:place] + other + text[place + 1 :]) != check_digit(text)
