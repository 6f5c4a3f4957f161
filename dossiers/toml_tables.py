"""Tables of one name in a text of the office, changed one at a time as a form sends them; the rest stays."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Final

from dossiers.errors import InputCode, InputError
from dossiers.toml_blocks import TomlBlocks, not_by_form, same_but, toml_day, toml_text

#: Longest text of one field, characters.
MAX_TEXT: Final = 300


def tables_in(text: str, name: str) -> tuple[Mapping[str, object], ...]:
    """The tables ``[[name]]`` of a text, in their order; none where the text cannot be read."""
    try:
        found = tomllib.loads(text).get(name, [])
    except tomllib.TOMLDecodeError:
        return ()
    return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def with_table(text: str, name: str, number: int, values: Mapping[str, str | date | None]) -> str:
    """The text with values of a table changed; keys that are not named stay as they are.

    Args:
        text: TOML.
        name: of the tables.
        number: which one, from 0; the number of tables makes a new one.
        values: what each key becomes; nothing or an empty text takes the key away.

    Raises:
        InputError: BAD_VALUE, a text is too long or not of one line; NOT_FOUND, there is no such table.
        ConfigurationError: NOT_BY_FORM.
    """
    tables = tables_in(text, name)
    blocks = _blocks(text, name, len(tables))
    if not 0 <= number <= len(tables):
        raise InputError(InputCode.NOT_FOUND, f"no table {number}")
    kept = {key: value for key, value in values.items() if value}
    for key, value in kept.items():
        if isinstance(value, str) and (len(value) > MAX_TEXT or not value.isprintable()):
            raise InputError(InputCode.BAD_VALUE, f"{key} is one line of at most {MAX_TEXT} characters")
    before = dict(tables[number]) if number < len(tables) else {}
    changed = {key: value for key, value in before.items() if key not in values} | kept
    wanted = [*tables[:number], changed, *tables[number + 1 :]]
    written = {key: _toml(kept.get(key)) for key in values}
    return same_but(blocks.put(number, written), name, wanted, text)


def without_table(text: str, name: str, number: int) -> str:
    """The text without a table.

    Raises:
        InputError: NOT_FOUND.
        ConfigurationError: NOT_BY_FORM.
    """
    tables = tables_in(text, name)
    blocks = _blocks(text, name, len(tables))
    if not 0 <= number < len(tables):
        raise InputError(InputCode.NOT_FOUND, f"no table {number}")
    return same_but(blocks.drop(number), name, [*tables[:number], *tables[number + 1 :]], text)


def _blocks(text: str, name: str, count: int) -> TomlBlocks:
    blocks = TomlBlocks(text, name)
    if len(blocks) != count:
        raise not_by_form("not every table is written as its own block")
    return blocks


def _toml(value: str | date | None) -> str:
    return toml_day(value) if isinstance(value, date) else toml_text(value or "")
