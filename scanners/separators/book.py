"""Which values on bought separator sheets mean what: part of a scanning profile, written by the office.

    [separators."PATCH-T"]
    starts = "dossier"

    [separators."KS-[0-9]{4}"]
    is_pattern = true
    starts = "dossier"
    procedure = "1.001193"

    [separators."HS:(?P<dossier>.+)"]
    is_pattern = true
    starts = "dossier"

The groups ``dossier`` and ``procedure`` of a pattern are codes that stand in the value itself; a value whose
code is none means nothing. Nothing is mapped until the office does so: a bar code on a paper is data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dossiers.codes.dossier_code import DossierCode
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.errors import ConfigurationError, InputError
from scanners.separators.meaning import Meaning, Starts

_KEYS = frozenset({"is_pattern", "starts", "dossier", "procedure", "type", "profile"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value, or a pattern for whole values, and what it means."""

    value: str
    is_pattern: bool
    meaning: Meaning

    def meaning_of(self, text: str) -> Meaning | None:
        """What a code means that says this value; ``None`` for other texts."""
        if not self.is_pattern:
            return self.meaning if text == self.value else None
        found = re.fullmatch(self.value, text)
        return None if found is None else _with_codes(self.meaning, found.groupdict(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparatorBook:
    """All values that a profile maps; the first entry that holds counts."""

    entries: tuple[Entry, ...] = ()

    def meaning_of(self, text: str) -> Meaning | None:
        """What a bought sheet with this value means; ``None`` where it means nothing."""
        found = (entry.meaning_of(text) for entry in self.entries)
        return next((meaning for meaning in found if meaning is not None), None)


def separator_book(tables: Mapping[str, object]) -> SeparatorBook:
    """Makes a book from the table ``separators`` of a profile.

    Raises:
        ConfigurationError: ``BAD_SEPARATOR``, an entry has unknown keys, values or codes, or means nothing.
    """
    return SeparatorBook(entries=tuple(_entry(value, table) for value, table in tables.items()))


def _entry(value: str, table: object) -> Entry:
    if not isinstance(table, dict) or set(table) - _KEYS:
        raise _bad(value, "unknown keys")
    is_pattern = table.get("is_pattern", False)
    texts = {key: table.get(key, "") for key in ("starts", "dossier", "procedure", "type", "profile")}
    if not isinstance(is_pattern, bool) or not all(isinstance(text, str) for text in texts.values()):
        raise _bad(value, "is_pattern is true or false, everything else a text")
    if texts["type"] and texts["type"] not in DOCUMENT_TYPES:
        raise _bad(value, f"there is no document type {texts['type']}")
    try:
        groups = re.compile(value).groupindex if is_pattern else {}
        if "dossier" in groups and texts["starts"] != Starts.DOSSIER:
            raise ValueError("a pattern that names a dossier starts one")
        meaning = Meaning(
            starts=Starts(texts["starts"] or Starts.NOTHING),
            dossier_code=str(DossierCode.parse(texts["dossier"])) if texts["dossier"] else "",
            procedure_code=str(ProcedureCode.parse(texts["procedure"])) if texts["procedure"] else "",
            type_id=texts["type"],
            profile=texts["profile"],
        )
    except (InputError, ValueError, re.error) as cause:
        raise _bad(value, str(cause)) from cause
    return Entry(value=value, is_pattern=is_pattern, meaning=meaning)


def _with_codes(meaning: Meaning, codes: Mapping[str, str]) -> Meaning | None:
    dossier, procedure = codes.get("dossier", ""), codes.get("procedure", "")
    try:
        return replace(
            meaning,
            dossier_code=str(DossierCode.parse(dossier)) if dossier else meaning.dossier_code,
            procedure_code=str(ProcedureCode.parse(procedure)) if procedure else meaning.procedure_code,
        )
    except InputError:
        return None


def _bad(value: str, detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_SEPARATOR",
        vi="Bảng giá trị tờ phân cách trong cấu hình không hợp lệ.",
        en=f"the separator value {value!r} is not set up rightly: {detail}",
        hint=detail,
    )
