"""The text in the QR code of a Vietnamese identity card.

Seven fields parted by ``|``: number, old identity card number, name, birth date, sex, residence, issue
date; cards issued since 1-7-2024 have ten or more with the same first seven. The names of fields eight
and later could not be verified, so they are not read. A payload that breaks the pattern gives nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from classifiers.dates import compact_day
from classifiers.folding import fold
from classifiers.person_number import is_personal_number

#: A payload with this many bars was meant to be a card's.
BARS_OF_A_CARD: Final = 6
#: Longer payloads are not from a card; keeps hostile input small. Characters.
LONGEST_PAYLOAD: Final = 1000
#: The longest residence of a card; what is longer is no address.
_LONGEST_RESIDENCE: Final = 250
_OLD_NUMBER: Final = re.compile(r"[0-9]{9}|[0-9]{12}|")
_SEXES: Final = {"nam": "Nam", "nu": "Nữ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPayload:
    """What a card says of its holder; dates are ``YYYY-MM-DD``, an empty old number is ``None``."""

    personal_number: str
    old_number: str | None
    person_name: str
    birth_date: str
    sex: str
    residence: str
    issue_date: str


def parse_card_payload(text: str) -> CardPayload | None:
    """Reads the payload of a card's QR code; ``None`` where any of the seven fields is malformed."""
    parts = [" ".join(part.split()) for part in unicodedata.normalize("NFC", text).split("|")]
    if len(text) > LONGEST_PAYLOAD or not (len(parts) == 7 or len(parts) >= 10):
        return None
    number, old, name, birth, sex, residence, issue = parts[:7]
    birth_date, issue_date = compact_day(birth), compact_day(issue)
    known_sex = _SEXES.get(fold(sex))
    if not is_personal_number(number) or _OLD_NUMBER.fullmatch(old) is None or not _is_name(name):
        return None
    if not _is_address(residence):
        return None
    if birth_date is None or issue_date is None or known_sex is None or issue_date < birth_date:
        return None
    return CardPayload(
        personal_number=number,
        old_number=old or None,
        person_name=name,
        birth_date=birth_date,
        sex=known_sex,
        residence=residence,
        issue_date=issue_date,
    )


def _is_address(text: str) -> bool:
    """No control signs, no markup, no addresses of the net: a card has none."""
    return len(text) <= _LONGEST_RESIDENCE and not set(text) & set("<>{}\\") and "://" not in text


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 100 and all(sign.isalpha() or sign in " '-." for sign in text)
