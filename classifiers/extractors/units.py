"""Whether an address names a province that there is or was; what the official spelling is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from dossiers.reading import FieldValue
from pipeline.language.vocabulary import Kind, load_vocabulary

#: The check that is recorded with an address.
KNOWN: Final = "unit_known"
_KINDS: Final = (Kind.PROVINCE, Kind.FORMER_PROVINCE)
_RANK: Final = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
#: Fields that hold an address down to the province.
_ADDRESSES: Final = (
    "residence",
    "address",
    "place_of_origin",
    "place_of_birth",
    "place_of_birth_registration",
)


def is_address(field_name: str) -> bool:
    """Says whether a field holds an address, or the office of a place."""
    return field_name.endswith((*_ADDRESSES, "issuer", "place_of_death"))


def with_province(value: FieldValue) -> FieldValue:
    """Records whether the last part of an address is a province, old or new.

    One that has the letters but not the marks of a single province fails, and the official spelling is
    offered beside it; the value is never changed.
    """
    if value.value is None or not value.name.endswith(_ADDRESSES):
        return value
    head, comma, last = value.value.rpartition(",")
    if not comma:
        return value
    name = _RANK.sub("", last.strip())
    official = {entry.text for entry in load_vocabulary().same_letters(name, _KINDS)}
    bare = {_RANK.sub("", each) for each in official}
    is_known = any(each.casefold() == name.casefold() for each in bare)
    checked = replace(value, checks=(*value.checks, (KNOWN, is_known)))
    if is_known or len(bare) != 1:
        return checked
    rank = last.strip()[: len(last.strip()) - len(name)]
    offered = f"{head}, {rank}{bare.pop()}"
    return replace(checked, alternatives=(*checked.alternatives, offered))
