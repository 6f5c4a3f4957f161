"""What reuse answers for one slot: granted, refused, ask a source, or scan. Values, never exceptions.

Rule: an outcome that is not ``Granted`` carries nothing of a paper's content: no value, no date, no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.procedures import DataSource
from dossiers.slot import SlotRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence for people, in both languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in ``vi`` or ``en``."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The paper need not be brought.

    Attributes:
        source: where it is taken from: the store, a result of the office, or a national database.
        origin: code of the dossier or result, or the reference of the database's answer.
        paper_id: the paper in the store; ``None`` where a database answered.
        type_id: what kind of paper it is.
        page_count: pages that are not handed in; at least 1.
        until: last day on which it counts; ``None`` without end.
        why: one sentence.
    """

    source: DataSource
    origin: str
    paper_id: str | None
    type_id: str
    page_count: int
    until: date | None
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A paper is on file but may not be used; it has to be brought.

    Attributes:
        code: stable code of the rule that refuses.
        paper_id: which paper; ``None`` where even that may not be said.
        may_overrule: whether a clerk may decide otherwise, with a reason.
        why: one sentence.
    """

    code: str
    paper_id: str | None
    may_overrule: bool
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSource:
    """A national database is to be asked before the paper is.

    Attributes:
        sources: in the order in which they are asked.
        papers: the kinds of paper that would do.
        why: one sentence.
    """

    sources: tuple[DataSource, ...]
    papers: tuple[str, ...]
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The paper has to be brought, and is scanned, presented or handled as its policy says.

    Attributes:
        code: stable code of the cause, for example ``NOTHING_HELD`` or ``UNREACHABLE``.
        why: one sentence.
        note: what the citizen should do so that it is not asked for again, if anything.
        is_shown: whether it only has to be shown and is handed back.
    """

    code: str
    why: Sentence
    note: Sentence | None = None
    is_shown: bool = False


Outcome = Granted | Refused | AskSource | Scan


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotOutcome:
    """The answer for one slot.

    Attributes:
        rule: the slot.
        condition: when the paper is needed at all, in Vietnamese; empty for always.
        outcome: the answer.
        refusals: papers on file that were refused, whatever the answer is.
    """

    rule: SlotRule
    condition: str
    outcome: Outcome
    refusals: tuple[Refused, ...] = ()

    @property
    def is_granted(self) -> bool:
        """Whether the paper need not be brought."""
        return isinstance(self.outcome, Granted)
