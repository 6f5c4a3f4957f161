"""The rules of reuse as data: read from TOML, checked completely, asked by the engine.

Rule: no rule of reuse is hidden in code. Code knows facts about a paper (``dossiers.paper_facts``); which of
them refuse it, in which order, and what is said then, is written in the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossiers.citizens import NumberKind
from dossiers.day_span import holds_day
from dossiers.procedures import DataSource, Evidence
from dossiers.reuse_outcome import Sentence
from dossiers.validity import TermRule


class Whose(StrEnum):
    """To whom a paper of a type may belong so that it can be used for somebody."""

    OWN = "own"
    NAMED = "named"
    ANY = "any"


class PaperFact(StrEnum):
    """What may be said of a paper, for a slot, a person, a procedure and a day."""

    HELD = "held"  # always: for rules that mean every paper of some types
    REVOKED = "revoked"
    UNCONFIRMED = "unconfirmed"
    KEEP_CONSENT = "keep_consent"
    REUSE_CONSENT = "reuse_consent"
    OTHER_PERSON = "other_person"
    PERSON_UNKNOWN = "person_unknown"
    EXPIRED = "expired"
    TERM_UNKNOWN = "term_unknown"
    NOT_YET_ISSUED = "not_yet_issued"
    OTHER_PURPOSE = "other_purpose"
    COPY = "copy"
    COPY_ACCEPTED = "copy_accepted"
    DISPUTED = "disputed"
    PRESENT_ONLY = "present_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRule:
    """Why a paper may not be used.

    Attributes:
        code: stable upper-case code.
        holds: facts that must hold.
        fails: facts that must not.
        types: only these types; empty for all.
        except_types: not these.
        agencies: only at these agencies and those below them; empty for everywhere.
        effective_from: first day of the rule, if any.
        effective_to: last day, if any.
        may_overrule: whether a clerk may take the paper nevertheless, with a reason.
        hides_paper: whether not even the kind of paper may be said.
        why: the sentence; ``{type}`` is its one place.
        evidence: how we know the rule.
    """

    code: str
    holds: frozenset[PaperFact]
    fails: frozenset[PaperFact]
    types: tuple[str, ...]
    except_types: tuple[str, ...]
    agencies: tuple[str, ...]
    effective_from: date | None
    effective_to: date | None
    may_overrule: bool
    hides_paper: bool
    why: Sentence
    evidence: Evidence

    def refuses(self, facts: frozenset[PaperFact], type_id: str, branch: str, day: date) -> bool:
        """Whether the rule refuses a paper of a type with these facts, at a branch on a day."""
        is_meant = (not self.types or type_id in self.types) and type_id not in self.except_types
        is_here = not self.agencies or any(
            branch == each or branch.startswith(f"{each}.") for each in self.agencies
        )
        is_now = holds_day(self.effective_from, self.effective_to, day)
        return is_meant and is_here and is_now and self.holds <= facts and not self.fails & facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRule:
    """Which procedures a printed purpose means; ``words`` are compared without tone marks."""

    types: tuple[str, ...]
    words: str
    procedures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """A database: what it is called, and by which kinds of number it can be asked."""

    source: DataSource
    name: Sentence
    numbers: tuple[NumberKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseBook:
    """All rules of reuse.

    Attributes:
        version: name of this state of the rules.
        terms: until when papers count.
        whose: to whom papers may belong; types that are not named: ``NAMED``.
        purposes: what printed purposes mean.
        rules: refusals in the order in which they are tried.
        sources: databases in the order in which they are asked.
        sentences: what is said, by key.
    """

    version: str
    terms: tuple[TermRule, ...]
    whose: Mapping[str, Whose]
    purposes: tuple[PurposeRule, ...]
    rules: tuple[RefusalRule, ...]
    sources: tuple[SourceRule, ...]
    sentences: Mapping[str, Sentence]

    def term(self, type_id: str) -> TermRule | None:
        """The term of papers of a type, if the book has one."""
        return next((each for each in self.terms if type_id in each.types), None)

    def owner_rule(self, type_id: str) -> Whose:
        """To whom papers of a type may belong."""
        return self.whose.get(type_id, Whose.NAMED)

    def is_purpose_bound(self, type_id: str) -> bool:
        """Whether papers of a type are good for one purpose only."""
        return any(type_id in each.types for each in self.purposes)

    def source(self, source: DataSource) -> SourceRule | None:
        """What the book says of a database."""
        return next((each for each in self.sources if each.source is source), None)

    def say(self, key: str, **places: Sentence) -> Sentence:
        """A sentence with its places filled, in both languages."""
        text = self.sentences[key]
        return fill(text, **places)

    def until(self, day: date | None) -> Sentence:
        """The words for a last day, within a sentence."""
        if day is None:
            return self.sentences["UNTIL_OPEN"]
        text = self.sentences["UNTIL"]
        return Sentence(vi=text.vi.format(until=f"{day:%d/%m/%Y}"), en=text.en.format(until=day.isoformat()))


def fill(text: Sentence, **places: Sentence) -> Sentence:
    """Fills the places of a sentence; its first letter is a capital."""
    vi = text.vi.format(**{key: each.vi for key, each in places.items()})
    en = text.en.format(**{key: each.en for key, each in places.items()})
    return Sentence(vi=vi[:1].upper() + vi[1:], en=en[:1].upper() + en[1:])
