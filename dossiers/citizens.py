"""People and organisations that papers belong to, and the numbers by which they are found.

Rule: a number is personal data. It is shown masked, and the records find it by a keyed hash only (blind
index, S35): without the key, which lies outside the records, nobody can tell whose entry is whose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol, Self

from dossiers.codes.personal_number import PersonalNumber
from dossiers.codes.tax_code import TaxCode
from dossiers.errors import InputCode, InputError

_PASSPORT_SIGNS: Final = range(6, 10)


class NumberKind(StrEnum):
    """What kind of number it is; the same digits of two kinds are two numbers."""

    PERSONAL = "dinh_danh"  # 12 digits, for life
    OLD_CARD = "cmnd"  # 9 digits, no longer proof, searchable for ever (Luật Căn cước, Điều 46)
    PASSPORT = "ho_chieu"  # foreigners
    TAX = "ma_so_thue"  # organisations


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HolderNumber:
    """A number of a person or an organisation, in the one spelling in which it is looked up.

    Attributes:
        kind: what kind of number it is.
        text: digits, or letters and digits of a passport.
    """

    kind: NumberKind
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes a number as typed: 12 or 9 digits, a tax code of 10 or 13, or a passport (letters first).

        Raises:
            InputError: BAD_PERSONAL_NUMBER; the text is not repeated in the error.
        """
        plain = "".join(sign for sign in text.upper() if sign.isalnum())
        if plain[:1].isalpha():
            return cls._passport(plain)
        if len(plain) in (10, 13):
            code = TaxCode.parse(plain)
            return cls(kind=NumberKind.TAX, text=code.base + code.branch)
        number = PersonalNumber.parse(text)
        kind = NumberKind.OLD_CARD if number.is_old_card_number else NumberKind.PERSONAL
        return cls(kind=kind, text=number.digits)

    @classmethod
    def _passport(cls, plain: str) -> Self:
        if len(plain) not in _PASSPORT_SIGNS or not plain.isascii():
            raise InputError(InputCode.BAD_PERSONAL_NUMBER, f"{len(plain)} characters")
        return cls(kind=NumberKind.PASSPORT, text=plain)

    @property
    def tail(self) -> str:
        """The last three signs: enough for a clerk to tell two numbers of one person apart."""
        return self.text[-3:]

    def __repr__(self) -> str:
        return f"HolderNumber({self.kind.value}, …{self.tail})"


def number_of(text: str | None) -> HolderNumber | None:
    """The number that a value is, by which its paper and dossier are found; none where it is something else.

    Words of letters only are no passports here: a value may be the name of a place.
    """
    if not text or not any(sign.isdigit() for sign in text):
        return None
    try:
        return HolderNumber.parse(text)
    except InputError:
        return None


class NumberIndex(Protocol):
    """The blind index: a keyed hash of a number, made with a key that is kept outside the records."""

    def of(self, number: HolderNumber) -> str:
        """The entry under which a number is filed now; the same number always gives the same entry."""
        ...

    def entries(self, number: HolderNumber) -> tuple[str, ...]:
        """Entries under which it may lie: the present one first, then those of former keys."""
        ...

    def of_paper(self, type_id: str, serial: str) -> str:
        """The entry of a paper's own number; never equal to that of a person's."""
        ...

    def of_word(self, word: str) -> tuple[str, ...]:
        """Entries of a word of a page that holds a number: under the present key, then under former ones."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNumber:
    """A number as the records know it.

    Attributes:
        entry: its blind index.
        holder_id: whose it is.
        kind: what kind of number.
        tail: its last three signs.
        since: when it was noted, UTC.
    """

    entry: str
    holder_id: str
    kind: NumberKind
    tail: str
    since: datetime


class VaultAct(StrEnum):
    """What may be done to somebody's store; every act is noted with the clerk's name."""

    SHOWN = "shown"
    CHECKED = "checked"  # a checklist was made from it
    NUMBER_LINKED = "number_linked"
    NUMBER_MOVED = "number_moved"
    PAPER_MOVED = "paper_moved"
    PAPER_REVOKED = "paper_revoked"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultEvent:
    """One act; appended, never changed.

    Attributes:
        holder_id: whose store.
        act: what was done.
        by: the clerk's name.
        at: UTC.
        subject: the number's entry, the paper or the other holder.
        reason: why, in the clerk's words; for moves the act as a whole (``merge:<id>``).
        from_holder: whose it was before; empty where nothing moved.
    """

    holder_id: str
    act: VaultAct
    by: str
    at: datetime
    subject: str = ""
    reason: str = ""
    from_holder: str = ""
