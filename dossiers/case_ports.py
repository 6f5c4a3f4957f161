"""What cases and results need from the records; part of ``dossiers.ports.UnitOfWork``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dossiers.case import Case, CaseStep, SupplementRequest
from dossiers.result import IssuedResult, Revocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Cases of a point that are open at a moment: within their term (or without one, or stopped), or late."""

    in_time: int
    late: int


class CaseRecords(Protocol):
    """Cases, their steps and their supplement requests."""

    def add(self, case: Case) -> None:
        """Adds the case of a dossier.

        Raises:
            RecordError: ``DUPLICATE``, the dossier has one; ``NOT_FOUND``, there is no such dossier.
        """
        ...

    def find(self, dossier_id: str) -> Case | None:
        """Returns the case of a dossier; ``None`` where it was digitized without one."""
        ...

    def save(self, case: Case) -> None:
        """Saves over the version it carries; channel and receiving point stay as they are.

        Raises:
            RecordError: ``NOT_FOUND``.
            StaleVersion: somebody saved it since.
        """
        ...

    def add_step(self, step: CaseStep) -> None:
        """Appends a step; ``NOT_FOUND`` without a case."""
        ...

    def steps(self, dossier_id: str) -> Sequence[CaseStep]:
        """Steps of a case in the order of appending."""
        ...

    def put_supplement(self, request: SupplementRequest) -> None:
        """Keeps a request in place of the one with the same number; ``NOT_FOUND`` without a case."""
        ...

    def supplements(self, dossier_id: str) -> Sequence[SupplementRequest]:
        """Requests of a case by number."""
        ...

    def opened_between(self, start: datetime, end: datetime, receiving_point: str) -> Sequence[Case]:
        """Cases of a receiving point whose dossiers were opened from ``start`` until before ``end``.

        In the order of opening.
        """
        ...

    def ended_between(self, start: datetime, end: datetime, receiving_point: str) -> Sequence[Case]:
        """Cases of a receiving point that ended from ``start`` until before ``end``, by their end."""
        ...

    def steps_between(
        self, start: datetime, end: datetime, receiving_point: str, action: str
    ) -> Sequence[CaseStep]:
        """Steps with this action in cases of a receiving point in the span, in the order of appending."""
        ...

    def running_at(self, moment: datetime, receiving_point: str) -> Running:
        """Counts cases of a receiving point opened before a moment that had not ended then."""
        ...

    def place_since(self, start: datetime, dossier_id: str) -> int:
        """The place of a case, from 1, among the cases of its receiving point opened since a moment.

        In the order of opening; 0 where there is no such case, or it was opened before.
        """
        ...


class ResultRecords(Protocol):
    """Results that the office issued."""

    def add(self, result: IssuedResult) -> None:
        """Adds a result.

        Raises:
            RecordError: ``DUPLICATE``, its code or its number in the dossier is taken; ``NOT_FOUND``, there
                is no such dossier.
        """
        ...

    def find(self, code: str) -> IssuedResult | None:
        """Returns the result with this code, revoked or not; ``None`` where there is none."""
        ...

    def of_dossier(self, dossier_id: str) -> Sequence[IssuedResult]:
        """Results of a dossier by number, revoked ones too."""
        ...

    def of_dossiers(self, dossier_ids: Sequence[str]) -> Sequence[IssuedResult]:
        """Results of any number of dossiers, by dossier and number, revoked ones too."""
        ...

    def of_document(self, document_id: str) -> Sequence[IssuedResult]:
        """Results that a document holds, in the order of recording, revoked ones too.

        Whoever reuses a document asks here and drops it when one of them ``is_revoked`` at the moment.
        """
        ...

    def of_documents(self, document_ids: Sequence[str]) -> Sequence[IssuedResult]:
        """The same for several documents at once, at most 10,000."""
        ...

    def revoke(self, code: str, revocation: Revocation) -> None:
        """Marks a result revoked; never undone.

        Raises:
            RecordError: ``NOT_FOUND``, or ``RESULT_REVOKED`` where it is revoked already.
        """
        ...
