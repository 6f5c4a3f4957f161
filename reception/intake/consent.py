"""Consent at the counter: given with one key, withdrawn with the same.

Rule: what was taken from the person's store for this dossier is let go when consent to use papers again is
withdrawn before the receipt; what a receipt already says stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.citizens import HolderNumber
from dossiers.consent import ConsentBy, Purpose
from dossiers.dossier import Dossier
from reception.services import DeskServices


def note_consent(
    desk: DeskServices,
    dossier: Dossier,
    purposes: Sequence[Purpose],
    clerk: str,
    *,
    is_given: bool,
    by: ConsentBy = ConsentBy.SELF,
) -> frozenset[Purpose]:
    """Notes what the owner of a dossier agrees to, or does not any more; returns what counts now.

    Raises:
        InputError: BAD_PERSONAL_NUMBER, the dossier has no number of its owner.
        RecordError: HOLDER_UNKNOWN, nothing was ever agreed to.
    """
    number = HolderNumber.parse(dossier.citizen_number or "")
    counting = desk.vault.consent(number, purposes, clerk, is_given=is_given, by=by)
    if not is_given and Purpose.REUSE not in counting:
        for slot_key in _taken_from_store(desk, dossier.dossier_id):
            desk.reuse.let_go(dossier.dossier_id, slot_key, clerk)
    return counting


def _taken_from_store(desk: DeskServices, dossier_id: str) -> tuple[str, ...]:
    with desk.records.transaction() as work:
        case = work.cases.find(dossier_id)
        if case is not None and case.clock.received_at is not None:
            return ()
        decisions = work.decisions.of_dossier(dossier_id)
        return tuple(each.slot_key for each in decisions if each.is_saved and each.paper_id)
