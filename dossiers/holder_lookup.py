"""From a number to the person or organisation that has it, by the blind index."""

from __future__ import annotations

from dataclasses import replace

from dossiers.citizens import HolderNumber, KnownNumber, NumberIndex
from dossiers.dossier import Dossier
from dossiers.errors import InputError
from dossiers.page import derived_id
from dossiers.ports import Clock, UnitOfWork


def owner_number(work: UnitOfWork, dossier: Dossier) -> HolderNumber | None:
    """The number of a dossier's owner: of the authoriser where somebody else brought the papers."""
    case = work.cases.find(dossier.dossier_id)
    declared = case.parties.owner.identifier if case else ""
    for text in (declared, dossier.citizen_number or ""):
        try:
            return HolderNumber.parse(text)
        except InputError:
            continue
    return None


def find_known(work: UnitOfWork, number: HolderNumber, index: NumberIndex) -> KnownNumber | None:
    """What the records know of a number, if anything; files it under the present key where that is newer."""
    entries = index.entries(number)
    known = work.holders.find(entries)
    if known is not None and known.entry != entries[0]:
        work.holders.rename_entry(known.entry, entries[0])
        return replace(known, entry=entries[0])
    return known


def find_or_add(work: UnitOfWork, number: HolderNumber, index: NumberIndex, clock: Clock) -> KnownNumber:
    """The same; a new holder where nobody has the number."""
    known = find_known(work, number, index)
    if known is None:
        entry = index.of(number)
        known = KnownNumber(
            entry=entry,
            holder_id=derived_id("holder", entry),
            kind=number.kind,
            tail=number.tail,
            since=clock(),
        )
        work.holders.add_number(known)
    return known


def entry_of(work: UnitOfWork, number: HolderNumber, index: NumberIndex) -> str:
    """The entry under which a number is filed, or would be."""
    known = find_known(work, number, index)
    return known.entry if known else index.of(number)
