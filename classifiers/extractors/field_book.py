"""The files of ``fields/`` as values, checked when they are loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from classifiers.extractors.rules import FieldRule, Kind, Section, TableRule, TypeRules
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.errors import ConfigurationError


def load_field_book() -> Mapping[str, TypeRules]:
    """Reads the field rules delivered with the package, by document type.

    Raises:
        ConfigurationError: the file names an unknown type or kind, or lacks a part.
    """
    return read_field_book(field_data())


def field_data() -> Mapping[str, object]:
    """Reads the groups of all files in ``fields/`` as one table.

    Raises:
        ConfigurationError: a group stands in two files.
    """
    folder = files("classifiers.extractors").joinpath("fields")
    data: dict[str, object] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            groups = tomllib.loads(file.read_text("utf-8"))
            if twice := data.keys() & groups.keys():
                raise _broken(f"{file.name}: {min(twice)} stands in another file too")
            data.update(groups)
    return data


def read_field_book(data: Mapping[str, object]) -> Mapping[str, TypeRules]:
    """Reads field rules from a table laid out like the files of ``fields/``, by document type.

    Raises:
        ConfigurationError: as ``load_field_book``.
    """
    shared = {name: _texts(name, labels, {}) for name, labels in _table("", data.get("shared", {})).items()}
    book: dict[str, TypeRules] = {}
    for name, group in data.items():
        if name == "shared":
            continue
        rules = _group(name, _table(name, group), shared)
        for type_id in rules.type_ids:
            if type_id not in DOCUMENT_TYPES or type_id in book:
                raise _broken(f"{name}: type {type_id} is unknown or stands twice")
            book[type_id] = rules
    return book


#: Lists of labels that rules refer to as ``@name``.
_Shared = Mapping[str, tuple[str, ...]]


def _group(name: str, group: Mapping[str, object], shared: _Shared) -> TypeRules:
    sections = group.get("sections", [])
    if not isinstance(sections, list):
        raise _broken(f"{name}: sections")
    tables = _table(name, group.get("tables", {}))
    return TypeRules(
        type_ids=_texts(name, group.get("types"), {}),
        fields=_fields(name, group.get("fields"), shared),
        stops=_texts(name, group.get("stops", []), shared),
        sections=tuple(_section(name, _table(name, section)) for section in sections),
        tables=tuple(
            TableRule(name=row, columns=_fields(row, columns, shared)) for row, columns in tables.items()
        ),
    )


def _fields(name: str, fields: object, shared: _Shared) -> tuple[FieldRule, ...]:
    return tuple(_field(field, _table(field, rule), shared) for field, rule in _table(name, fields).items())


def _field(name: str, rule: Mapping[str, object], shared: _Shared) -> FieldRule:
    try:
        kind = Kind(str(rule.get("kind")))
    except ValueError as wrong:
        raise _broken(f"{name}: {wrong}") from wrong
    rank = rule.get("rank", 1)
    if not isinstance(rank, int):
        raise _broken(f"{name}: rank")
    return FieldRule(
        name=name,
        labels=_texts(name, rule.get("labels"), shared),
        kind=kind,
        section=str(rule.get("section", "")),
        is_below=rule.get("below") is True,
        rank=rank,
        column=str(rule.get("column", "")),
    )


def _section(name: str, section: Mapping[str, object]) -> Section:
    return Section(name=str(section.get("name")), anchors=_texts(name, section.get("anchors"), {}))


def _texts(name: str, value: object, shared: _Shared) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _broken(f"{name}: a list is missing")
    texts: list[str] = []
    for each in map(str, value):
        if each.startswith("@") and each[1:] not in shared:
            raise _broken(f"{name}: {each} is not shared")
        texts += shared[each[1:]] if each.startswith("@") else (each,)
    return tuple(texts)


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
