"""The rule book: ``papers.toml`` as values, checked when it is loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Final

from classifiers.folding import key_of
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.errors import ConfigurationError
from dossiers.office_types import office_tables
from dossiers.reading import MarkKind

#: Lowest place of a title, share of the page height, where the rule says nothing else.
USUAL_ZONE: Final = 0.5


class Nature(StrEnum):
    """Who makes the paper: it decides what an original looks like and whether it needs a letterhead."""

    FORM = "form"
    ISSUED = "issued"
    CONTRACT = "contract"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A printed phrase, its form for matching, and how many letters of that form each word has."""

    text: str
    key: str
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """What tells one type of paper; the names are explained at the top of ``papers.toml``."""

    type_id: str
    nature: Nature
    headings: tuple[Phrase, ...]
    marks: tuple[Phrase, ...]
    labels: tuple[Phrase, ...]
    continues: tuple[Phrase, ...]
    against: tuple[Phrase, ...]
    whole: bool
    zone: float
    expects: frozenset[MarkKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRule:
    """What tells one side of a card; ``continues`` stands on the back of a card whose sides share a type."""

    type_id: str
    titles: tuple[Phrase, ...]
    labels: tuple[Phrase, ...]
    against: tuple[Phrase, ...]
    continues: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleBook:
    """All rules of the classifier; equal only to itself, so that it may be a key."""

    papers: tuple[PaperRule, ...]
    cards: tuple[CardRule, ...]
    motto: tuple[Phrase, ...]
    openers: tuple[Phrase, ...]
    annexes: tuple[Phrase, ...]
    issued_copy: tuple[Phrase, ...]
    certified_copy: tuple[Phrase, ...]

    @property
    def type_ids(self) -> frozenset[str]:
        """The types that the rules can name."""
        return frozenset(rule.type_id for rule in self.papers) | {rule.type_id for rule in self.cards}


def load_book(data_dir: Path | None = None) -> RuleBook:
    """Reads the rules that are delivered with the package, and those that the office added.

    A rule of the office for a type of ours replaces ours.

    Args:
        data_dir: the data folder; ``None`` for the delivered rules alone.

    Raises:
        ConfigurationError: the file names an unknown document type or lacks a part.
    """
    data = tomllib.loads(files("classifiers.rules").joinpath("papers.toml").read_text("utf-8"))
    papers, cards, signs = (_table(data.get(name)) for name in ("types", "cards", "signs"))
    own = dict(office_tables(data_dir))
    papers |= {type_id: table for type_id, table in own.items() if "headings" in table or "labels" in table}
    unknown = sorted((papers.keys() | cards.keys()) - DOCUMENT_TYPES.keys() - own.keys())
    if unknown:
        raise _broken(f"unknown document types {unknown}")
    return RuleBook(
        papers=tuple(_paper(type_id, _table(rule)) for type_id, rule in papers.items()),
        cards=tuple(_card(type_id, _table(rule)) for type_id, rule in cards.items()),
        motto=_phrases(signs, "motto"),
        openers=_phrases(signs, "openers"),
        annexes=_phrases(signs, "annexes"),
        issued_copy=_phrases(signs, "issued_copy"),
        certified_copy=_phrases(signs, "certified_copy"),
    )


def _paper(type_id: str, rule: Mapping[str, object]) -> PaperRule:
    zone = rule.get("zone", USUAL_ZONE)
    if not isinstance(zone, float):
        raise _broken(f"{type_id}: zone")
    return PaperRule(
        type_id=type_id,
        nature=_nature(type_id, rule),
        headings=_phrases(rule, "headings"),
        marks=_phrases(rule, "marks"),
        labels=_phrases(rule, "labels"),
        continues=_phrases(rule, "continues"),
        against=_phrases(rule, "against"),
        whole=rule.get("whole") is True,
        zone=zone,
        expects=_expects(type_id, rule),
    )


def _expects(type_id: str, rule: Mapping[str, object]) -> frozenset[MarkKind]:
    names = rule.get("expects", [])
    try:
        return frozenset(MarkKind(str(name)) for name in (names if isinstance(names, list) else [names]))
    except ValueError as error:
        raise _broken(f"{type_id}: expects") from error


def _nature(type_id: str, rule: Mapping[str, object]) -> Nature:
    try:
        return Nature(str(rule.get("nature", Nature.FORM)))
    except ValueError as error:
        raise _broken(f"{type_id}: nature") from error


def _card(type_id: str, rule: Mapping[str, object]) -> CardRule:
    return CardRule(
        type_id=type_id,
        titles=_phrases(rule, "titles"),
        labels=_phrases(rule, "labels"),
        against=_phrases(rule, "against"),
        continues=_phrases(rule, "continues"),
    )


def _phrases(rule: Mapping[str, object], name: str) -> tuple[Phrase, ...]:
    texts = rule.get(name, [])
    if not isinstance(texts, list):
        raise _broken(name)
    return tuple(_phrase(str(text)) for text in texts)


def _phrase(text: str) -> Phrase:
    words = [key_of(word) for word in text.split()]
    return Phrase(text=text, key="".join(words), words=tuple(len(word) for word in words if word))


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _broken("a table is missing")
    return {str(key): each for key, each in value.items()}


def _broken(detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BROKEN_RULES",
        vi="Bộ quy tắc nhận dạng loại giấy tờ bị hỏng; hãy cài đặt lại.",
        en=f"the rule file of the classifier is broken: {detail}",
    )
