"""Counts of right, wrong and invented values, by group of fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final

from benchmarks.text_score import without_tones

#: Groups in the order in which they are reported.
NUMBERS: Final = "numbers and dates"
NAMES: Final = "names"
ADDRESSES: Final = "addresses"
OTHERS: Final = "others"
GROUPS: Final = (NUMBERS, NAMES, ADDRESSES, OTHERS)
_NUMBER_ENDS: Final = (
    "number", "date", "phone", "area", "parcel_number", "map_sheet", "price", "capital", "year", "amount",
    "copies", "weight", "time",
)  # fmt: skip
_ADDRESS_ENDS: Final = ("residence", "address", "issuer", "origin", "birth", "death", "registration", "place")


def group_of(field_name: str) -> str:
    """Returns the group of a field; of ``member[1].name`` only the last part counts."""
    last = field_name.rpartition(".")[2]
    if last.endswith(_NUMBER_ENDS):
        return NUMBERS
    if last.endswith("name") and not last.endswith("business_name"):
        return NAMES
    if last.endswith(_ADDRESS_ENDS) or last.startswith(("place_", "residence")):
        return ADDRESSES
    return OTHERS


@dataclass(slots=True)
class Counts:
    """Of one group or one field.

    Attributes:
        printed: values that the papers state.
        exact: found, equal with tones; capitals and white space do not count.
        tone_free: found, equal without tones.
        missing: printed, but not found.
        wrong: found, but not equal.
        empty: fields that the forms leave empty.
        invented: of these, how many were given a value.
        unasked: values of which the truth says nothing, neither printed nor empty.
    """

    printed: int = 0
    exact: int = 0
    tone_free: int = 0
    missing: int = 0
    wrong: int = 0
    empty: int = 0
    invented: int = 0
    unasked: int = 0


def total(counts: Iterable[Counts]) -> Counts:
    """Adds counts up."""
    every = list(counts)
    return Counts(**{each.name: sum(getattr(one, each.name) for one in every) for each in fields(Counts)})


def judge(
    stated: Mapping[str, str],
    empty: Iterable[str],
    found: Mapping[str, str | None],
    into: dict[str, Counts],
) -> list[tuple[str, str | None, str | None]]:
    """Counts one document by field name.

    Args:
        stated: what the paper states.
        empty: names of fields that the paper leaves empty.
        found: what was extracted.
        into: counts by field name, added to.

    Returns:
        The differences: name, stated value, found value.
    """
    left_empty = set(empty) - set(stated)
    differences: list[tuple[str, str | None, str | None]] = []
    for name, value in stated.items():
        mine, counts = found.get(name), into.setdefault(name, Counts())
        counts.printed += 1
        if mine is None:
            counts.missing += 1
        else:
            is_exact = _key(mine) == _key(value)
            counts.exact += is_exact
            counts.wrong += not is_exact
            counts.tone_free += without_tones(_key(mine)) == without_tones(_key(value))
        if mine is None or _key(mine) != _key(value):
            differences.append((name, value, mine))
    for name in left_empty:
        mine, counts = found.get(name), into.setdefault(name, Counts())
        counts.empty += 1
        counts.invented += mine is not None
        if mine is not None:
            differences.append((name, "", mine))
    for name, mine in found.items():
        if mine is not None and name not in stated and name not in left_empty:
            into.setdefault(name, Counts()).unasked += 1
            differences.append((name, None, mine))
    return differences


def _key(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).casefold().split())
