"""The procedure of a dossier as it was on the day the dossier was opened, and its checklist."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.catalogue import Catalogue
from dossiers.dossier import Dossier
from dossiers.errors import RecordError
from dossiers.local_time import day_in_vietnam
from dossiers.procedures import Procedure
from dossiers.slot import SlotRule


def procedure_of(catalogue: Catalogue, dossier: Dossier) -> Procedure | None:
    """The dossier's procedure; ``None`` without one, and where the catalogue has none or several."""
    if dossier.procedure_code is None:
        return None
    try:
        return catalogue.get(dossier.procedure_code, day_in_vietnam(dossier.opened_at))
    except RecordError:
        return None


def checklist_of(catalogue: Catalogue, dossier: Dossier) -> Sequence[SlotRule]:
    """What the procedure asks for; nothing where it is not known."""
    procedure = procedure_of(catalogue, dossier)
    return procedure.slot_rules if procedure else ()
