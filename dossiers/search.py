"""What a retriever may ask, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Conditions that all must hold; at least one is given.

    Attributes:
        procedure_codes: any of these normalised codes (a code with those it replaced or that replaced it).
        agency_codes: any of these agencies received it, as its code says too, decides or supports it.
        dossier_code: the dossier code as printed.
        citizen_number: personal number of the owner, or found on a document of the dossier.
        person: a person's name found on a document or page; matched without tones unless ``exact_tones``.
        type_id: a document of this type.
        received_from: first day of receipt (Vietnam time), inclusive.
        received_to: last day of receipt, inclusive.
        words: words that stand on one page.
        exact_tones: whether ``person`` and ``words`` must match tone for tone.
        within: agencies; only dossiers that one of them or one below it received, decides or supports.
        older_than: id of a dossier; only dossiers that come after it in the order of answers: the next page.
        limit: most hits, 1 to 1000.
    """

    procedure_codes: tuple[str, ...] = ()
    agency_codes: tuple[str, ...] = ()
    dossier_code: str | None = None
    citizen_number: str | None = None
    person: str | None = None
    type_id: str | None = None
    received_from: date | None = None
    received_to: date | None = None
    words: str | None = None
    exact_tones: bool = False
    within: tuple[str, ...] = ()
    older_than: str | None = None
    limit: int = 100

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not any(
            (
                self.procedure_codes,
                self.agency_codes,
                self.dossier_code,
                self.citizen_number,
                self.person,
                self.type_id,
                self.received_from,
                self.received_to,
                self.words,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document that answers a query, or a dossier without documents yet (``document_id`` is None).

    Attributes:
        dossier_id: the dossier.
        dossier_code: its code as printed.
        document_id: the document, if the dossier is filed.
        type_id: its type.
        page_number: 1-based page in the dossier where the words or the person stand, if asked for.
        snippet: the line around them, as read; empty where no words were asked for.
    """

    dossier_id: str
    dossier_code: str
    document_id: str | None
    type_id: str | None
    page_number: int | None
    snippet: str
