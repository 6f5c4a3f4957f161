"""National databases as seen from the office: one question, one answer, one port for all of them.

Rule: an answer is a value. That a database cannot be reached is an answer too, never an exception: the
counter goes on with the paper (Nghị quyết 66.7/2025/NQ-CP, Điều 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from dossiers.citizens import HolderNumber
from dossiers.procedures import DataSource

#: The cause of an answer that could not be, for this office has no connection to the database.
NOT_CONNECTED: Final = "NOT_CONNECTED"


class NationalStatus(StrEnum):
    """What a database says."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    STALE = "stale"  # there is an entry, but the database itself calls it out of date or incomplete
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalQuestion:
    """What is asked, about whom, and why.

    Attributes:
        source: the database.
        number: whose data.
        papers: ids of the document types that the data would stand in for.
        procedure: number of the procedure, the purpose of asking.
        request_id: names the question in the logs of both sides; never derived from the number.
    """

    source: DataSource
    number: HolderNumber
    papers: tuple[str, ...]
    procedure: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalAnswer:
    """What came back.

    Attributes:
        source: the database.
        status: found, not found, stale or unreachable.
        paper: the document type that the data stand in for; empty unless found.
        reference: the database's own reference of its answer; empty unless found.
        as_of: the day on which the data were known to be right, if it says so.
        until: last day on which they count, if it says so.
        facts: values by field key.
        cause: stable code of why not, for example ``TIMEOUT``; free of personal data.
        adapter: name and version of what asked.
    """

    source: DataSource
    status: NationalStatus
    adapter: str
    paper: str = ""
    reference: str = ""
    as_of: date | None = None
    until: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    cause: str = ""


class NationalRegister(Protocol):
    """Asks national databases."""

    def look_up(self, question: NationalQuestion) -> NationalAnswer:
        """Answers the question within the adapter's time limit; may be repeated and never raises."""
        ...
