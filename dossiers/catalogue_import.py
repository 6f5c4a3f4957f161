"""Importing a list of procedures: read, compare, check, and only then keep."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

from dossiers.catalogue_check import Finding, check_records
from dossiers.catalogue_file import read_catalogue
from dossiers.catalogue_layers import Values, merge, with_days
from dossiers.catalogue_records import CatalogueRecords, CodeReplacement
from dossiers.catalogue_rows import Row, RowProblem, columns_of, values_of_rows
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import ConfigurationError, InputCode, InputError
from dossiers.procedures import Procedure, ProcedureKey

#: Larger files are refused, bytes and rows.
MAX_BYTES: Final = 32 * 1024 * 1024
MAX_ROWS: Final = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry that the import changes, and the names of what differs."""

    before: Procedure
    after: Procedure
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        values: what would be kept; empty where there are problems.
        added: entries that are new.
        changed: entries that take the place of one with the same key.
        ended: entries that end because a later one begins.
        same: how many entries are there already and equal.
        replacements: replaced codes that are new.
        problems: rows that cannot be read.
        contradictions: contradictions that the import would bring in.
    """

    values: Values
    added: tuple[Procedure, ...] = ()
    changed: tuple[Change, ...] = ()
    ended: tuple[Procedure, ...] = ()
    same: int = 0
    replacements: tuple[CodeReplacement, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    contradictions: tuple[Finding, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it may be kept."""
        return not self.problems and not self.contradictions

    @property
    def changes_anything(self) -> bool:
        """Whether keeping it would change anything."""
        return bool(self.added or self.changed or self.ended or self.replacements)


def plan_rows(base: CatalogueRecords, headings: Sequence[str], rows: Iterable[Row]) -> ImportPlan:
    """Plans the import of a table; its cells are text by column name of ``catalogue_rows.COLUMNS``."""
    _, problems = columns_of(headings)
    if problems:
        return ImportPlan(values={}, problems=tuple(problems))
    values, problems = values_of_rows(rows)
    if problems:
        return ImportPlan(values={}, problems=tuple(problems))
    return plan_values(base, values)


def plan_values(base: CatalogueRecords, values: Values) -> ImportPlan:
    """Plans the import of values shaped as a catalogue file, days as ISO text."""
    values = _normal(values)
    try:
        added = read_catalogue(with_days(values))
    except ConfigurationError as trouble:
        return ImportPlan(values={}, problems=(RowProblem(row=0, what=trouble.en),))
    values, added = _with_old_codes(base, values, added)
    merged = merge(base, added)
    known = set(check_records(base))
    contradictions = [each for each in check_records(merged) if each.is_contradiction and each not in known]
    before = {each.key: each for each in base.procedures}
    after = {each.key: each for each in merged.procedures}
    changes = [_change(before[key], after[key]) for key in before if before[key] != after[key]]
    incoming = {each.key for each in added.procedures}
    replaced = set(base.replacements)
    return ImportPlan(
        values=values,
        added=tuple(each for key, each in after.items() if key not in before),
        changed=tuple(each for each in changes if each.after.key in incoming),
        ended=tuple(each.after for each in changes if each.after.key not in incoming),
        same=sum(before.get(key) == after[key] for key in incoming),
        replacements=tuple(each for each in merged.replacements if each not in replaced),
        contradictions=tuple(contradictions),
    )


def read_csv(text: str) -> list[list[str]]:
    """Headings and rows of cells of a CSV text.

    Comma, semicolon or tab parts cells, whichever the first line has most of.

    Raises:
        InputError: BAD_LIST, it is empty or too long; LIMIT_EXCEEDED.
    """
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error as cause:
        raise InputError(InputCode.BAD_LIST, "no CSV") from cause
    if not lines:
        raise InputError(InputCode.BAD_LIST, "there is no heading")
    return lines


def read_json(text: str) -> Values:
    """Values of a JSON text.

    Raises:
        InputError: BAD_LIST.
    """
    try:
        told = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as cause:
        raise InputError(InputCode.BAD_LIST, "no JSON") from cause
    if not isinstance(told, dict):
        raise InputError(InputCode.BAD_LIST, "the outermost value must be an object")
    return told


def rows_of(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> list[Row]:
    """Cells by the columns that the headings name.

    Raises:
        InputError: LIMIT_EXCEEDED.
    """
    if len(lines) > MAX_ROWS:
        raise InputError(InputCode.LIMIT_EXCEEDED, f"more than {MAX_ROWS} rows")
    columns, _ = columns_of(headings)
    return [
        (number, {column: cell for column, cell in zip(columns, line, strict=False) if column})
        for number, line in enumerate(lines, start=2)
    ]


def _normal(values: Values) -> Values:
    """The same values with codes in their normal form; what is no code is refused later, with its place."""
    made = dict(values)
    for key, names in (("procedure", ("code",)), ("code", ("code",)), ("replacement", ("old", "new"))):
        tables = made.get(key)
        if isinstance(tables, list):
            made[key] = [_normal_table(each, names) for each in tables]
    return made


def _normal_table(table: object, names: Sequence[str]) -> object:
    if not isinstance(table, dict):
        return table
    return {key: _normal_code(each) if key in names else each for key, each in table.items()}


def _normal_code(value: object) -> object:
    if isinstance(value, list):
        return [_normal_code(each) for each in value]
    try:
        return ProcedureCode.parse(value).number if isinstance(value, str) else value
    except InputError:
        return value


def _with_old_codes(
    base: CatalogueRecords, values: Values, added: CatalogueRecords
) -> tuple[Values, CatalogueRecords]:
    """Codes that were replaced and that nobody knows yet become entries of which only the code is known."""
    known = {each.number for each in (*base.procedures, *added.procedures)}
    unknown = {each.old: each for each in added.replacements if each.old not in known}
    if not unknown:
        return values, added
    bare: list[object] = [
        {"code": old, "name": "", "evidence": _evidence_values(each)} for old, each in unknown.items()
    ]
    present = values.get("code")
    values = {**values, "code": [*(present if isinstance(present, list) else []), *bare]}
    return values, read_catalogue(with_days(values))


def _evidence_values(replacement: CodeReplacement) -> Values:
    evidence = replacement.evidence
    told: Values = {"kind": evidence.kind.value}
    return told | {"citation": evidence.citation} if evidence.citation else told


def _change(before: Procedure, after: Procedure) -> Change:
    names = (each.name for each in fields(Procedure))
    differs = tuple(name for name in names if getattr(before, name) != getattr(after, name))
    return Change(before=before, after=after, differs=differs)


def key_text(key: ProcedureKey) -> str:
    """A key for people: number, variant, agency, first day."""
    parts = (key.number, key.variant, str(key.agency or ""), key.effective_from)
    return " ".join(str(each) for each in parts if each)
