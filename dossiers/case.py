"""The case: the legal life of a dossier, apart from how far its papers are digitized.

Rules: the code of the dossier stays through every supplement (Nghị định 45/2020, Điều 12 khoản 3). Who
supports, who receives and who decides are three agencies that may all differ. The owner is the authoriser;
the bearer's data never take the owner's place. Which moves are legal is data, see ``dossiers.case_moves``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a dossier reaches the office."""

    DIRECT = "direct"
    POST = "post"
    ONLINE = "online"


class IdentifierKind(StrEnum):
    """What identifies a party (Nghị định 69/2024/NĐ-CP, Điều 40: accounts of persons and organisations)."""

    PERSONAL_NUMBER = "personal_number"
    PASSPORT = "passport"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or organisation of a case, as declared.

    Attributes:
        name: as written, never folded.
        kind: what ``identifier`` is.
        identifier: normalised; empty where it is not known yet.
        address: as declared; may be empty.
        phone: may be empty.
    """

    name: str
    kind: IdentifierKind = IdentifierKind.PERSONAL_NUMBER
    identifier: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Whose case it is, and who stands at the counter.

    Attributes:
        owner: whose results and whose *Kho* they are; where somebody is authorised: the authoriser.
        bearer: who brings the papers; ``None`` where the owner does.
        authorisation: what authorises the bearer (a paper, or the kinship that needs none), in Vietnamese.
    """

    owner: Party
    bearer: Party | None = None
    authorisation: str = ""

    @property
    def authoriser(self) -> Party | None:
        """Who authorised the bearer: the owner, or nobody where the owner comes in person."""
        return self.owner if self.bearer is not None else None

    @property
    def present(self) -> Party:
        """Who stands at the counter."""
        return self.bearer or self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The three agencies of a case, by identifier; they are never derived from one another.

    Attributes:
        receiving_point: took the dossier in; heads its code.
        competent_agency: decides it.
        support_point: helped to submit it; empty where nobody did.
    """

    receiving_point: str
    competent_agency: str
    support_point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """Where the term of a case stands; moments in UTC, days in Viet Nam.

    Attributes:
        received_at: when the complete papers, or the last supplement, were in; ``None`` before.
        counts_from: the working day from which the term counts.
        due_at: the end of the term; ``None`` where no term is known or the clock has not started.
        stopped_at: since when the clock stands still; ``None`` while it runs.
    """

    received_at: datetime | None = None
    counts_from: date | None = None
    due_at: datetime | None = None
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case.

    Attributes:
        dossier_id: its dossier.
        variant: variant of the procedure, empty for the plain one.
        channel: how it came.
        places: the agencies.
        parties: the people.
        state: key of a state of ``dossiers.case_moves``.
        clock: its term.
        supplement_requests: how often papers were asked for.
        reappointments: how often the return was put off.
        ended_at: when it was resolved, refused, stopped or withdrawn.
        version: counts saves.
    """

    dossier_id: str
    variant: str
    channel: Channel
    places: Places
    parties: Parties
    state: str
    clock: CaseClock = CaseClock()
    supplement_requests: int = 0
    reappointments: int = 0
    ended_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """One step of a case (quá trình xử lý): appended, never changed.

    Attributes:
        dossier_id: the dossier.
        action: key of the action.
        from_state: state before; empty for the opening.
        to_state: state after.
        at: UTC.
        by: who did it, as the office names them.
        reason: in Vietnamese; may be empty.
        due_at: the end of the term after the step, if there is one.
    """

    dossier_id: str
    action: str
    from_state: str
    to_state: str
    at: datetime
    by: str
    reason: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest:
    """One request for missing or better papers.

    Attributes:
        dossier_id: the dossier.
        number: from 1 within the dossier.
        items: what is asked for, in Vietnamese.
        reason: why, in Vietnamese.
        requested_at: UTC.
        received_at: when the papers came, UTC; ``None`` while waiting.
    """

    dossier_id: str
    number: int
    items: tuple[str, ...]
    reason: str
    requested_at: datetime
    received_at: datetime | None = None
