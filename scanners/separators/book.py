"""Which values on bought separator sheets mean what: part of a scanning profile, written by the office.

    [separators."PATCH-T"]
    starts = "dossier"

    [separators."KS-[0-9]{4}"]
    is_pattern = true
    starts = "dossier"
    procedure = "1.001193"

Nothing is mapped until the office does so: a bar code on a paper is data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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

    def holds(self, text: str) -> bool:
        """Whether a code says this value."""
        return re.fullmatch(self.value, text) is not None if self.is_pattern else text == self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparatorBook:
    """All values that a profile maps; the first entry that holds counts."""

    entries: tuple[Entry, ...] = ()

    def meaning_of(self, text: str) -> Meaning | None:
        """What a bought sheet with this value means; ``None`` where it means nothing."""
        return next((entry.meaning for entry in self.entries if entry.holds(text)), None)


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
        if is_pattern:
            re.compile(value)
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


def _bad(value: str, detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_SEPARATOR",
        vi="Bảng giá trị tờ phân cách trong cấu hình không hợp lệ.",
        en=f"the separator value {value!r} is not set up rightly: {detail}",
        hint=detail,
    )
