"""Values as a clerk types them, brought to the shape in which fields are kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from dossiers.citizens import HolderNumber
from dossiers.errors import InputCode, InputError
from dossiers.text_folding import fold, to_nfc

_DAY: Final = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})")
#: What cards without end print in place of a date, folded.
_UNLIMITED: Final = "khong thoi han"


def typed_value(field: str, text: str) -> str | None:
    """Brings a typed value to the shape of its field; empty text and ``-`` mean that there is none.

    Args:
        field: key of the field; ``…_date`` takes ``22/11/2026`` or ``2026-11-22``, ``…personal_number``
            takes 12 or 9 digits.
        text: as typed.

    Raises:
        InputError: BAD_VALUE or BAD_PERSONAL_NUMBER; the text is not repeated in the error.
    """
    plain = " ".join(to_nfc(text).split())
    if plain in ("", "-"):
        return None
    if field.endswith("_date") and not says_unlimited(plain):
        return _day(field, plain)
    if field.endswith(("personal_number", "old_number")):
        return HolderNumber.parse(plain).text
    return plain


def says_unlimited(text: str) -> bool:
    """Whether a printed or typed end of validity says that there is none."""
    return _UNLIMITED in fold(text)


def _day(field: str, text: str) -> str:
    shape = _DAY.fullmatch(text)
    iso = f"{shape['year']}-{int(shape['month']):02}-{int(shape['day']):02}" if shape else text
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError as cause:
        raise InputError(InputCode.BAD_VALUE, f"{field}: a date such as 22/11/2026") from cause
