"""Lists of procedures as tables: one row for each paper, the procedure's columns repeated or left empty.

Rule: nothing is guessed. Each wrong cell is told with its row, all of them at once; codes are normalised, so
that ``1,013727`` and ``1.01417`` from spreadsheets are what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from dossiers.catalogue_layers import Values
from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.errors import InputError
from dossiers.text_folding import fold

#: Columns and what they may be called, folded. One name of each is asked for in its first form.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "ma thu tuc", "ma tthc", "ma so tthc"),
    "variant": ("variant", "truong hop"),
    "agency": ("agency", "co quan", "ma dinh danh co quan"),
    "effective_from": ("effective_from", "hieu luc tu"),
    "effective_to": ("effective_to", "hieu luc den"),
    "name": ("name", "ten thu tuc", "ten tthc"),
    "field": ("field", "linh vuc"),
    "level": ("level", "cap thuc hien", "cap"),
    "fee": ("fee", "phi", "phi, le phi", "le phi"),
    "legal_basis": ("legal_basis", "can cu phap ly"),
    "time_text": ("time_text", "thoi han giai quyet", "thoi gian giai quyet"),
    "working_days": ("working_days", "so ngay lam viec"),
    "longest_working_days": ("longest_working_days", "so ngay lam viec toi da"),
    "non_geographic": ("non_geographic", "phi dia gioi"),
    "replaces": ("replaces", "thay the cho ma"),
    "source_kind": ("source_kind", "loai nguon"),
    "source": ("source", "nguon"),
    "component_key": ("component_key", "khoa thanh phan"),
    "component_name": ("component_name", "ten thanh phan", "thanh phan ho so"),
    "component_code": ("component_code", "ma thanh phan"),
    "accepts": ("accepts", "loai giay to"),
    "form": ("form", "hinh thuc"),
    "policy": ("policy", "cach xu ly"),
    "copies": ("copies", "so ban", "so luong"),
    "condition": ("condition", "dieu kien"),
    "replaced_by": ("replaced_by", "thay the bang du lieu"),
    "holder_sex": ("holder_sex", "gioi tinh"),
}
_YES: Final = frozenset({"1", "x", "co", "yes", "true"})
_NO: Final = frozenset({"0", "khong", "no", "false"})
_LOCAL_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

_Read = TypeVar("_Read")

#: A row: text by column; the number is that of the table, the heading is row 1.
Row = tuple[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """Something wrong in a row; ``what`` is English and technical."""

    row: int
    what: str


def columns_of(headings: Sequence[str]) -> tuple[list[str], list[RowProblem]]:
    """Which column each heading names; an unknown one is a problem and never skipped in silence."""
    known = {name: column for column, names in COLUMNS.items() for name in names}
    found = [known.get(fold(each).strip(), "") for each in headings]
    problems = [
        RowProblem(row=1, what=f"unknown heading {heading}")
        for heading, column in zip(headings, found, strict=True)
        if not column and heading.strip()
    ]
    if "code" not in found:
        problems.append(RowProblem(row=1, what="there is no column for the code"))
    doubled = {each for each in found if each and found.count(each) > 1}
    problems += [RowProblem(row=1, what=f"{each} stands twice") for each in sorted(doubled)]
    return found, problems


def values_of_rows(rows: Iterable[Row]) -> tuple[Values, list[RowProblem]]:
    """A catalogue's values out of rows, and everything that is wrong with them."""
    reader = _Reader()
    for number, cells in rows:
        reader.take(number, {key: " ".join(text.split()) for key, text in cells.items()})
    values: Values = {"procedure": list(reader.procedures.values()), "replacement": reader.replacements}
    return values, reader.problems


class _Reader:
    """Gathers rows into procedures."""

    def __init__(self) -> None:
        self.procedures: dict[tuple[str, ...], Values] = {}
        self.replacements: list[Values] = []
        self.problems: list[RowProblem] = []
        self._row = 0

    def take(self, row: int, cells: Mapping[str, str]) -> None:
        """Takes one row; an empty one is skipped."""
        self._row = row
        if not any(cells.values()):
            return
        code = self._read(cells, "code", lambda text: ProcedureCode.parse(text).number)
        if code is None:
            self._complain("the code is missing or malformed")
            return
        agency = self._read(cells, "agency", lambda text: str(AgencyCode.parse(text)))
        first = self._read(cells, "effective_from", _day)
        key = (code, cells.get("variant", ""), agency or "", first or "")
        if key not in self.procedures:
            self.procedures[key] = self._procedure(cells, code, agency, first)
            self._replaces(cells, code, agency, first)
        self._component(cells, self.procedures[key])

    def _procedure(
        self, cells: Mapping[str, str], code: str, agency: str | None, first: str | None
    ) -> Values:
        evidence = self._evidence(cells)
        procedure: Values = {
            "code": code,
            "name": cells.get("name", ""),
            "evidence": evidence,
            "components_evidence": evidence,
            "components": [],
        }
        if not procedure["name"]:
            self._complain("the name is missing")
        for key in ("variant", "field", "level", "fee"):
            if cells.get(key):
                procedure[key] = cells[key]
        self._put(procedure, "agency", agency)
        self._put(procedure, "effective_from", first)
        self._put(procedure, "effective_to", self._read(cells, "effective_to", _day))
        self._put(procedure, "non_geographic", self._read(cells, "non_geographic", _flag))
        if cells.get("legal_basis"):
            procedure["legal_basis"] = _parts(cells["legal_basis"])
        self._time(cells, procedure, evidence)
        return procedure

    def _time(self, cells: Mapping[str, str], procedure: Values, evidence: Values) -> None:
        days = self._read(cells, "working_days", _number)
        longest = self._read(cells, "longest_working_days", _number)
        text = cells.get("time_text", "") or (f"{days} ngày làm việc" if days is not None else "")
        if text:
            time: Values = {"text": text, "evidence": evidence}
            self._put(time, "working_days", days)
            self._put(time, "longest_working_days", longest)
            procedure["time"] = time

    def _component(self, cells: Mapping[str, str], procedure: Values) -> None:
        name = cells.get("component_name", "")
        components = procedure["components"]
        if not name or not isinstance(components, list):
            return
        component: Values = {
            "key": cells.get("component_key") or f"giay_to_{len(components) + 1}",
            "name": name,
            "accepts": self._types(cells.get("accepts", "")),
        }
        for key, column in (("form", "form"), ("policy", "policy"), ("condition", "condition")):
            if cells.get(column):
                component[key] = cells[column]
        if cells.get("component_code"):
            component["code"] = cells["component_code"]
        if cells.get("holder_sex"):
            component["holder_sex"] = cells["holder_sex"]
        if cells.get("replaced_by"):
            component["replaced_by"] = _parts(cells["replaced_by"])
        self._put(component, "copies", self._read(cells, "copies", _number))
        components.append(component)

    def _replaces(self, cells: Mapping[str, str], code: str, agency: str | None, first: str | None) -> None:
        for text in _parts(cells.get("replaces", "")):
            try:
                old = ProcedureCode.parse(text).number
            except InputError:
                self._complain(f"{text} is no procedure code")
                continue
            replacement: Values = {"old": old, "new": [code], "evidence": self._evidence(cells)}
            self._put(replacement, "agency", agency)
            self._put(replacement, "since", first)
            self.replacements.append(replacement)

    def _types(self, text: str) -> list[str]:
        """Ids of document types; the Vietnamese name of one is understood."""
        by_name = {fold(kind.vi): kind.type_id for kind in DOCUMENT_TYPES.values()}
        return [by_name.get(fold(each), each) for each in _parts(text)]

    def _evidence(self, cells: Mapping[str, str]) -> Values:
        kind, citation = cells.get("source_kind", ""), cells.get("source", "")
        if not citation:
            return {"kind": kind or "memory"}
        return {"kind": kind or "practice", "citation": citation}

    def _read(self, cells: Mapping[str, str], column: str, read: Callable[[str], _Read]) -> _Read | None:
        text = cells.get(column, "")
        if not text:
            return None
        try:
            return read(text)
        except (InputError, ValueError):
            self._complain(f"{column} cannot be {text}")
            return None

    def _put(self, values: Values, key: str, value: object) -> None:
        if value is not None:
            values[key] = value

    def _complain(self, what: str) -> None:
        self.problems.append(RowProblem(row=self._row, what=what))


def _parts(text: str) -> list[str]:
    return [each.strip() for each in text.split(";") if each.strip()]


def _number(text: str) -> int:
    return int(text.removesuffix(".0"))


def _flag(text: str) -> bool:
    word = fold(text)
    if word not in _YES | _NO:
        raise ValueError(text)
    return word in _YES


def _day(text: str) -> str:
    if found := _LOCAL_DAY.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    return date.fromisoformat(text[:10]).isoformat()
