"""The file of the rules of reuse: TOML in, a book out; nothing is guessed and no key is skipped."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from string import Formatter
from typing import Final

from dossiers.catalogue_table import CatalogueTable
from dossiers.citizens import NumberKind
from dossiers.errors import ConfigurationError
from dossiers.procedures import DataSource, Evidence, SourceKind
from dossiers.reuse_book import PaperFact, PurposeRule, RefusalRule, ReuseBook, SourceRule, Whose
from dossiers.reuse_outcome import Sentence
from dossiers.validity import TermKind, TermRule

#: Name of the office's own rules in the data folder.
FILE: Final = "reuse.toml"
#: Sentences that every book must have.
SENTENCES: Final = (
    "GRANTED_RESULT",
    "GRANTED_STORE",
    "GRANTED_SOURCE",
    "UNTIL",
    "UNTIL_OPEN",
    "AS_ANSWERED",
    "ASK_SOURCE",
    "NOTHING_HELD",
    "SHOW_ONLY",
    "FORBIDDEN",
    "NO_KNOWN_TYPE",
    "NOT_FOUND",
    "STALE",
    "UNREACHABLE",
    "UPDATE_NOTE",
)
_PLACES: Final = frozenset({"type", "source", "origin", "until"})


def load_book(data_dir: Path | None = None) -> ReuseBook:
    """Reads the rules: those of the office where its data folder has some, else those that ship with Sohoa.

    Raises:
        ConfigurationError: BAD_REUSE_RULES.
    """
    own = data_dir / FILE if data_dir else None
    if own is not None and own.exists():
        return parse_book(own.read_text(encoding="utf-8"))
    return parse_book(resources.files("dossiers").joinpath("data", FILE).read_text(encoding="utf-8"))


def parse_book(text: str) -> ReuseBook:
    """Reads the text of a rule file.

    Raises:
        ConfigurationError: BAD_REUSE_RULES with the place.
    """
    try:
        return _book(CatalogueTable(tomllib.loads(text), "rules"))
    except tomllib.TOMLDecodeError as cause:
        raise bad_rules(f"no TOML: {cause}") from cause
    except ConfigurationError as cause:
        raise bad_rules(cause.en) from cause


def bad_rules(what: str) -> ConfigurationError:
    """The error for a rule file that cannot be used."""
    return ConfigurationError(
        "BAD_REUSE_RULES",
        vi="Tệp quy tắc tái sử dụng giấy tờ không hợp lệ.",
        en=f"the rules of reuse cannot be used: {what}",
        hint="correct reuse.toml in the data folder, or remove it to use the rules that came with Sohoa",
    )


def _book(top: CatalogueTable) -> ReuseBook:
    book = ReuseBook(
        version=top.text("version"),
        terms=tuple(_term(each) for each in top.tables("term")),
        whose={
            type_id: whose
            for types, whose in (_whose(each) for each in top.tables("whose"))
            for type_id in types
        },
        purposes=tuple(_purpose(each) for each in top.tables("purpose")),
        rules=tuple(_rule(each) for each in top.tables("rule")),
        sources=tuple(_source(each) for each in top.tables("source")),
        sentences=dict(_sentence(each) for each in top.tables("sentence")),
    )
    top.close()
    if missing := [key for key in SENTENCES if key not in book.sentences]:
        raise bad_rules(f"sentence {missing[0]} is missing")
    codes = [rule.code for rule in book.rules]
    if len(set(codes)) < len(codes):
        raise bad_rules("two rules have one code")
    return book


def _term(table: CatalogueTable) -> TermRule:
    kind = table.choice("kind", TermKind)
    ages = table.numbers("ages")
    rule = TermRule(
        types=table.texts("types"),
        kind=kind or TermKind.PRINTED_IF_ANY,
        months=table.number("months") or 0,
        ages=ages,
        grace_years=table.number("grace_years") or 0,
        day=table.day("day"),
    )
    _evidence(table)
    table.close()
    needs = {
        TermKind.MONTHS: rule.months,
        TermKind.MILESTONES: rule.ages and list(rule.ages) == sorted(rule.ages),
        TermKind.ENDED: rule.day,
    }
    if kind is None or not rule.types or not needs.get(kind, True):
        raise bad_rules(f"{table.where} lacks types, kind, or what its kind needs")
    return rule


def _whose(table: CatalogueTable) -> tuple[tuple[str, ...], Whose]:
    whose = table.choice("whose", Whose)
    if whose is None:
        raise bad_rules(f"{table.where}: whose is missing")
    types = table.texts("types")
    table.close()
    return types, whose


def _purpose(table: CatalogueTable) -> PurposeRule:
    rule = PurposeRule(
        types=table.texts("types"), words=table.text("words"), procedures=table.texts("procedures")
    )
    table.close()
    return rule


def _rule(table: CatalogueTable) -> RefusalRule:
    when = table.texts("when")
    rule = RefusalRule(
        code=table.text("code"),
        holds=frozenset(_fact(each, table) for each in when if not each.startswith("not ")),
        fails=frozenset(_fact(each[4:], table) for each in when if each.startswith("not ")),
        types=table.texts("types"),
        except_types=table.texts("except_types"),
        agencies=table.texts("agencies"),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
        may_overrule=table.flag("may_overrule", default=False),
        hides_paper=table.flag("hide_type", default=False),
        why=_said(table),
        evidence=_evidence(table),
    )
    table.close()
    if not when:
        raise bad_rules(f"{table.where}: when is empty")
    if rule.hides_paper and "{" in rule.why.vi + rule.why.en:
        raise bad_rules(f"{table.where}: a rule that hides the paper has no place to fill")
    return rule


def _fact(name: str, table: CatalogueTable) -> PaperFact:
    try:
        return PaperFact(name)
    except ValueError as cause:
        allowed = ", ".join(each.value for each in PaperFact)
        raise bad_rules(f"{table.where}: unknown fact {name}, allowed: {allowed}") from cause


def _source(table: CatalogueTable) -> SourceRule:
    source = table.choice("source", DataSource)
    if source is None:
        raise bad_rules(f"{table.where}: source is missing")
    rule = SourceRule(source=source, name=_said(table), numbers=table.choices("numbers", NumberKind))
    table.close()
    return rule


def _sentence(table: CatalogueTable) -> tuple[str, Sentence]:
    key, sentence = table.text("key"), _said(table)
    table.close()
    return key, sentence


def _said(table: CatalogueTable) -> Sentence:
    sentence = Sentence(vi=table.text("vi"), en=table.text("en"))
    for text in (sentence.vi, sentence.en):
        if not {name for _, name, _, _ in Formatter().parse(text) if name is not None} <= _PLACES:
            raise bad_rules(f"{table.where}: an unknown place in braces")
    return sentence


def _evidence(table: CatalogueTable) -> Evidence:
    inner = table.table("evidence")
    if inner is None:
        return Evidence(kind=SourceKind.MEMORY)
    kind = inner.choice("kind", SourceKind) or SourceKind.MEMORY
    evidence = Evidence(kind=kind, citation=inner.text("citation", ""))
    inner.close()
    if kind is not SourceKind.MEMORY and not evidence.citation:
        raise bad_rules(f"{inner.where}: a source is named by its citation")
    return evidence
