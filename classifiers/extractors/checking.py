"""Cross-checks between values of one page: recorded with the value, never used to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifiers.extractors.spoken import is_spoken
from classifiers.person_number import number_checks
from dossiers.reading import FieldValue


def with_checks(values: Sequence[FieldValue], page_text: str) -> tuple[FieldValue, ...]:
    """Adds to each value the checks that can be made.

    A personal number is compared with the birth date and sex of the same person; a date of birth with its
    spelling in words where the page has one (``ghi bằng chữ``).
    """
    known = {value.name: value.value for value in values}
    return tuple(replace(value, checks=_checks(value, known, page_text)) for value in values)


def _checks(value: FieldValue, known: dict[str, str | None], page_text: str) -> tuple[tuple[str, bool], ...]:
    if value.value is None:
        return value.checks
    if value.name.endswith("personal_number"):
        person = value.name.removesuffix("personal_number")
        birth_date, sex = known.get(f"{person}birth_date"), known.get(f"{person}sex")
        return number_checks(value.value, birth_date, sex)
    if value.name == "birth_date":
        matches = is_spoken(value.value, page_text)
        return value.checks if matches is None else (*value.checks, ("date_in_words_matches", matches))
    return value.checks
