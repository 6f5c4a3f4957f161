"""What identifies a party, as typed: brought into its one form."""

from __future__ import annotations

from dossiers.case import IdentifierKind
from dossiers.codes.personal_number import PersonalNumber
from dossiers.codes.tax_code import TaxCode


def identifier_of(kind: IdentifierKind, text: str) -> str:
    """The normal form of a number of this kind; empty for an empty one.

    Raises:
        InputError: BAD_PERSONAL_NUMBER, BAD_TAX_CODE; passports of all countries are taken as they are.
    """
    if not text.strip():
        return ""
    match kind:
        case IdentifierKind.PASSPORT:
            return "".join(text.split()).upper()
        case IdentifierKind.ORGANISATION:
            return str(TaxCode.parse(text))
        case IdentifierKind.PERSONAL_NUMBER:
            return PersonalNumber.parse(text).digits
