"""What a catalogue holds beside procedures: replaced codes, distrusted claims, papers data stand in for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.codes.agency_code import AgencyCode
from dossiers.day_span import holds_day
from dossiers.procedures import DataSource, Evidence, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReplacement:
    """One procedure number gave way to others.

    Attributes:
        old: the former number, ``d.dddddd``.
        new: its successors; more than one where a procedure was split.
        agency: where this happened; ``None`` for the whole country.
        since: first day of the new numbers, or the day of the notice; ``None`` where no source says.
        note: remark in Vietnamese; may be empty.
        evidence: how we know.
    """

    old: str
    new: tuple[str, ...]
    agency: AgencyCode | None
    since: date | None
    note: str
    evidence: Evidence

    def applies(self, day: date | None, agency: AgencyCode | None) -> bool:
        """Whether it counts on a day (``None``: ever) for an agency (``None``: anywhere)."""
        is_here = self.agency is None or agency is None or agency.is_within(self.agency)
        return is_here and (day is None or self.since is None or self.since <= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrustedCode:
    """A number under which some source lists something that others contradict.

    Attributes:
        number: ``d.dddddd``.
        claim: the contradicted name; empty where every name found there is doubtful.
        reason: in Vietnamese.
    """

    number: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """Papers that may not be demanded while a database has their content.

    Attributes:
        papers: ids of ``dossiers.document_types``.
        source: the data that stand in.
        effective_from: first day of the rule.
        effective_to: last day of the rule.
        legal_basis: the law, in Vietnamese.
        note: limit of the rule, in Vietnamese; may be empty.
    """

    papers: tuple[str, ...]
    source: DataSource
    effective_from: date | None
    effective_to: date | None
    legal_basis: str
    note: str

    def is_in_force(self, day: date) -> bool:
        """Whether the rule applies on a day; both ends belong to the period."""
        return holds_day(self.effective_from, self.effective_to, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRecords:
    """Everything that one catalogue file says."""

    procedures: tuple[Procedure, ...] = ()
    replacements: tuple[CodeReplacement, ...] = ()
    distrusted: tuple[DistrustedCode, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
