"""What stores of people (Kho) and reuse need from the records; part of ``dossiers.ports.UnitOfWork``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from dossiers.citizens import KnownNumber, VaultEvent
from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.consent import ConsentAct
from dossiers.reuse_decision import ReuseDecision


class HolderRecords(Protocol):
    """People and organisations by the blind indexes of their numbers, their consents and what was done."""

    def add_number(self, number: KnownNumber) -> None:
        """Adds a number; its entry taken is ``RecordError`` ``DUPLICATE``."""
        ...

    def find(self, entries: Sequence[str]) -> KnownNumber | None:
        """Returns the number under the first of these entries that is there."""
        ...

    def numbers(self, holder_id: str) -> Sequence[KnownNumber]:
        """Numbers of a holder in the order in which they were noted."""
        ...

    def move_number(self, entry: str, holder_id: str) -> None:
        """Gives a number to another holder.

        Raises:
            RecordError: ``NOT_FOUND``.
        """
        ...

    def rename_entry(self, entry: str, renewed: str) -> None:
        """Files a number, and whatever else names its entry, under the entry of a newer key.

        Raises:
            RecordError: ``NOT_FOUND``.
        """
        ...

    def add_consent(self, act: ConsentAct) -> None:
        """Appends an act."""
        ...

    def consents(self, holder_id: str) -> Sequence[ConsentAct]:
        """Acts of a holder in the order of appending."""
        ...

    def add_event(self, event: VaultEvent) -> None:
        """Appends what was done."""
        ...

    def events(self, holder_id: str) -> Sequence[VaultEvent]:
        """What was done to a holder's store, in the order of appending."""
        ...


class PaperRecords(Protocol):
    """Confirmed papers and the values on them."""

    def add(self, paper: ConfirmedPaper, facts: Sequence[ConfirmedFact]) -> None:
        """Adds a paper with its values; its id taken is ``RecordError`` ``DUPLICATE``."""
        ...

    def find(self, paper_id: str) -> ConfirmedPaper | None:
        """Returns the paper, if it was confirmed."""
        ...

    def facts(self, paper_id: str) -> Sequence[ConfirmedFact]:
        """Values on a paper in the order in which they were added; none for an unknown one."""
        ...

    def of_holder(self, holder_id: str) -> Sequence[ConfirmedPaper]:
        """Papers of a holder in the order of confirmation, revoked ones too."""
        ...

    def of_dossier(self, dossier_id: str) -> Sequence[ConfirmedPaper]:
        """Papers of a dossier in the order of confirmation, revoked ones too."""
        ...

    def disputed(self, holder_id: str) -> frozenset[str]:
        """Papers of a holder whose own number an unrevoked paper of somebody else carries too."""
        ...

    def revoke(self, paper_id: str, at: datetime) -> None:
        """Marks a paper revoked; the first moment stands.

        Raises:
            RecordError: ``NOT_FOUND``.
        """
        ...

    def move(self, paper_id: str, holder_id: str) -> None:
        """Gives a paper to another holder.

        Raises:
            RecordError: ``NOT_FOUND``.
        """
        ...


class DecisionRecords(Protocol):
    """What clerks decided about slots."""

    def put(self, decision: ReuseDecision) -> None:
        """Keeps a decision; it counts in place of earlier ones for the slot, which stay in the history."""
        ...

    def of_dossier(self, dossier_id: str) -> Sequence[ReuseDecision]:
        """Decisions that count in a dossier, one a slot, in the order of their first decision."""
        ...

    def saved_in(self, start: datetime, end: datetime) -> Mapping[str, frozenset[str]]:
        """Keys of the slots that reuse settled in dossiers opened in the period, by dossier."""
        ...

    def between(self, start: datetime, end: datetime) -> Sequence[ReuseDecision]:
        """Decisions that count and were made from ``start`` until before ``end``, oldest first."""
        ...
