"""``fields.toml`` as values, checked when it is loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from classifiers.extractors.rules import FieldRule, Kind, Section, TypeRules
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.errors import ConfigurationError


def load_field_book() -> Mapping[str, TypeRules]:
    """Reads the field rules delivered with the package, by document type.

    Raises:
        ConfigurationError: the file names an unknown type or kind, or lacks a part.
    """
    data = tomllib.loads(files("classifiers.extractors").joinpath("fields.toml").read_text("utf-8"))
    book: dict[str, TypeRules] = {}
    for name, group in data.items():
        rules = _group(name, _table(name, group))
        for type_id in rules.type_ids:
            if type_id not in DOCUMENT_TYPES or type_id in book:
                raise _broken(f"{name}: type {type_id} is unknown or stands twice")
            book[type_id] = rules
    return book


def _group(name: str, group: Mapping[str, object]) -> TypeRules:
    fields = _table(name, group.get("fields"))
    sections = group.get("sections", [])
    if not isinstance(sections, list):
        raise _broken(f"{name}: sections")
    return TypeRules(
        type_ids=_texts(name, group.get("types")),
        fields=tuple(_field(field, _table(field, rule)) for field, rule in fields.items()),
        stops=_texts(name, group.get("stops", [])),
        sections=tuple(_section(name, _table(name, section)) for section in sections),
    )


def _field(name: str, rule: Mapping[str, object]) -> FieldRule:
    try:
        kind = Kind(str(rule.get("kind")))
    except ValueError as wrong:
        raise _broken(f"{name}: {wrong}") from wrong
    rank = rule.get("rank", 1)
    if not isinstance(rank, int):
        raise _broken(f"{name}: rank")
    return FieldRule(
        name=name,
        labels=_texts(name, rule.get("labels")),
        kind=kind,
        section=str(rule.get("section", "")),
        is_below=rule.get("below") is True,
        rank=rank,
        column=str(rule.get("column", "")),
    )


def _section(name: str, section: Mapping[str, object]) -> Section:
    return Section(name=str(section.get("name")), anchors=_texts(name, section.get("anchors")))


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _broken(f"{name}: a list is missing")
    return tuple(str(each) for each in value)


def _table(name: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _broken(f"{name}: a table is missing")
    return {str(key): each for key, each in value.items()}


def _broken(detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BROKEN_RULES",
        vi="Bộ quy tắc trích xuất thông tin bị hỏng; hãy cài đặt lại.",
        en=f"the rule file of the extractor is broken: {detail}",
    )
