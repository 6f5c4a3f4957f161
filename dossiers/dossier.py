"""The dossier (hồ sơ): what one person submits for one procedure.

Rules: the code is given once and never changes, through supplements too (Nghị định 45/2020, Điều 12
khoản 3); the procedure is the one in force on the day of receipt; receiving the same intake twice opens
no second dossier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from dossiers.errors import IllegalMove


class DigitizationState(StrEnum):
    """How far the papers of a dossier have been digitized; not the legal state of the dossier."""

    RECEIVING = "receiving"  # pages are arriving or waiting to be read
    NEEDS_CLERK = "needs_clerk"  # every page is somewhere, something needs a person
    COMPLETE = "complete"  # every page is filed in a known document


_MOVES: Final[dict[DigitizationState, frozenset[DigitizationState]]] = {
    DigitizationState.RECEIVING: frozenset(DigitizationState),
    DigitizationState.NEEDS_CLERK: frozenset(DigitizationState),
    # A complete dossier opens again when a supplement arrives, or when a later step of it fails.
    DigitizationState.COMPLETE: frozenset(DigitizationState),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One dossier.

    Attributes:
        dossier_id: stable internal id.
        code: dossier code (mã hồ sơ), for example ``H29.119-250701-0001``.
        intake_key: what makes opening it twice the same opening; a hash, never a path.
        procedure_code: normalised code of the procedure, ``None`` for papers digitized without one.
        citizen_number: personal number of the owner, if given; the owner is the authoriser, not the bearer.
        title: what people call it.
        opened_at: UTC.
        state: how far digitization is.
        version: counts saves.
    """

    dossier_id: str
    code: str
    intake_key: str
    procedure_code: str | None
    citizen_number: str | None
    title: str
    opened_at: datetime
    state: DigitizationState = DigitizationState.RECEIVING
    version: int = 0

    @property
    def branch(self) -> str:
        """Identifier of the receiving agency: what the code begins with."""
        return self.code.rsplit("-", 2)[0]

    def moved(self, state: DigitizationState) -> Dossier:
        """Returns the dossier in its new state.

        Raises:
            IllegalMove: it may not go there from where it is.
        """
        if state not in _MOVES[self.state]:
            raise IllegalMove(f"dossier {self.dossier_id}", self.state, state)
        return replace(self, state=state)
