"""Cross-checks between values of one page: recorded with the value, never used to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from classifiers.extractors.spoken import is_spoken
from classifiers.extractors.spoken_numbers import says_quantity
from classifiers.extractors.units import with_province
from classifiers.person_number import number_checks
from dossiers.codes.tax_code import TaxCheck, TaxCode
from dossiers.errors import InputError
from dossiers.reading import FieldValue

#: Shapes of numbers and symbols (domain facts, section 2.5): digits alone or with year, kind and issuer.
_SYMBOL: Final = re.compile(r"[A-ZĐ]{0,4}[ .]?\d+(?:[/.-][\wĐ.&-]+)*")


def with_checks(values: Sequence[FieldValue], page_text: str) -> tuple[FieldValue, ...]:
    """Adds to each value the checks that can be made.

    A personal number is compared with birth date and sex of the same person, a date of birth with its
    spelling in words where the page has one (``ghi bằng chữ``), an area with its words; a tax code has a
    check digit, a number with symbol a shape, an address a province.
    """
    known = {value.name: value.value for value in values}
    return tuple(with_province(replace(value, checks=_checks(value, known, page_text))) for value in values)


def _checks(
    value: FieldValue, known: Mapping[str, str | None], page_text: str
) -> tuple[tuple[str, bool], ...]:
    if value.value is None:
        return value.checks
    if value.name.endswith("personal_number"):
        person = value.name.removesuffix("personal_number")
        birth_date, sex = known.get(f"{person}birth_date"), known.get(f"{person}sex")
        return (*value.checks, *number_checks(value.value, birth_date, sex))
    made: tuple[str, bool | None] | None = None
    if value.name == "birth_date":
        made = "date_in_words_matches", is_spoken(value.value, page_text)
    elif value.name == "area" and (words := known.get("area_in_words")):
        made = "area_in_words_matches", says_quantity(value.value, words)
    elif value.name.endswith("tax_number"):
        made = "tax_check_digit", _tax_check(value.value)
    elif value.name in {"document_number", "register_number", "certification_number"}:
        made = "number_shape", _SYMBOL.fullmatch(value.value) is not None
    if made is None or made[1] is None:
        return value.checks
    return (*value.checks, (made[0], made[1]))


def _tax_check(text: str) -> bool | None:
    """Whether a tax code has its shape and check digit; ``None`` where the rule does not decide."""
    try:
        check = TaxCode.parse(text).check
    except InputError:
        return False
    return None if check is TaxCheck.UNDECIDED else check is TaxCheck.HOLDS
