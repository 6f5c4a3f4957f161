"""The fields of a document out of the fields of its pages, and what the clerk must be told about them.

QR beats the machine zone, that beats the text of a PDF, that beats recognition; among equals the surer value
wins. Nothing is mended: where sources disagree the better one is taken and the disagreement is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from classifiers.folding import key_of, likeness
from classifiers.person_number import number_checks
from dossiers.reading import FieldValue, Source

QR_DISAGREES: Final = "QR_DISAGREES"
MRZ_DISAGREES: Final = "MRZ_DISAGREES"
CODES_DISAGREE: Final = "CODES_DISAGREE"
NUMBER_MISMATCH: Final = "NUMBER_MISMATCH"
PROVINCE_UNKNOWN: Final = "PROVINCE_UNKNOWN"

_RANK: Final = {Source.QR: 0, Source.MRZ: 1, Source.BARCODE: 2, Source.PDF_TEXT: 3, Source.OCR: 4}
#: Fields whose values must be equal whatever they were read from.
_EXACT: Final = (
    "personal_number", "birth_date", "sex", "expiry_date", "issue_date", "passport_number", "old_number",
)  # fmt: skip
#: Fields of which one document has one value only, if its codes are its own.
_ONE_OF_A_KIND: Final = ("personal_number", "dossier_code", "passport_number")
#: Each page of a household book tells of another member: what belongs together comes from the first.
_OF_ONE_PAGE: Final = "member_"
#: Names that differ in tones only are the same name; recognition may lose a letter.
_SAME_NAME: Final = 0.8


def merge_fields(values: Iterable[FieldValue]) -> tuple[FieldValue, ...]:
    """Keeps the best value of each field, in the order in which the fields first appear."""
    best: dict[str, FieldValue] = {}
    for value in values:
        known = best.get(value.name)
        is_kept = known is not None and known.value is not None and value.name.startswith(_OF_ONE_PAGE)
        if known is None or (not is_kept and _order(value) < _order(known)):
            best[value.name] = value
    return tuple(best.values())


def _order(value: FieldValue) -> tuple[bool, int, float]:
    return (value.value is None, _RANK[value.source], -value.confidence)


def disagreements(values: Sequence[FieldValue]) -> tuple[str, ...]:
    """Returns the codes of what the sources of a card disagree about, in a fixed order."""
    codes = []
    if _differs(values, Source.QR, (Source.OCR, Source.PDF_TEXT)):
        codes.append(QR_DISAGREES)
    if _differs(values, Source.MRZ, (Source.QR, Source.OCR, Source.PDF_TEXT)):
        codes.append(MRZ_DISAGREES)
    if any(_has_several(values, name) for name in _ONE_OF_A_KIND):
        codes.append(CODES_DISAGREE)
    return (*codes, *_number_warnings(merge_fields(values)))


def _has_several(values: Sequence[FieldValue], name: str) -> bool:
    """Whether two codes of the same kind say different things: papers of two people or dossiers in one."""
    told = {(each.source, each.value) for each in values if each.name == name and each.value is not None}
    machine_read = [source for source, _ in told if source in (Source.QR, Source.MRZ, Source.BARCODE)]
    return len(machine_read) != len(set(machine_read))


def _number_warnings(merged: Sequence[FieldValue]) -> tuple[str, ...]:
    """Compares the number that won with the birth date and sex that won, whatever each was read from."""
    known = {value.name: value.value for value in merged}
    failed = {name for value in merged for name, holds in value.checks if not holds}
    if number := known.get("personal_number"):
        made = number_checks(number, known.get("birth_date"), known.get("sex"))
        failed |= {name for name, holds in made if not holds}
    warnings = []
    if failed & {"birth_year_matches", "sex_matches"}:
        warnings.append(NUMBER_MISMATCH)
    if "province_known" in failed:
        warnings.append(PROVINCE_UNKNOWN)
    return tuple(warnings)


def _differs(values: Sequence[FieldValue], source: Source, others: tuple[Source, ...]) -> bool:
    for own in values:
        if own.source is not source or own.value is None:
            continue
        for other in values:
            if other.source in others and other.value is not None and _contradicts(own, other):
                return True
    return False


def _contradicts(one: FieldValue, other: FieldValue) -> bool:
    if one.value is None or other.value is None:
        return False
    if one.name == other.name and one.name in _EXACT:
        return one.value != other.value
    if one.name in {"person_name", "mrz_name"} and other.name == "person_name":
        return not _is_same_name(one.value, other.value)
    return False


def _is_same_name(one: str, other: str) -> bool:
    """A name in a machine zone may be cut off at the end of the line."""
    short, long = sorted((key_of(one), key_of(other)), key=len)
    return likeness(one, other) >= _SAME_NAME or (len(short) >= 12 and long.startswith(short))
