"""One named table of a text of the office, ``[name]``, changed as a form sends it; the rest stays."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Final

from dossiers.errors import InputCode, InputError
from dossiers.toml_blocks import TomlBlocks, saying, toml_text

#: Longest text of one field, characters.
MAX_TEXT: Final = 300
#: What a key may become.
TomlValue = str | bool | int | float | tuple[str, ...]


def named_tables(text: str) -> Mapping[str, Mapping[str, object]]:
    """The tables of a text by name, in their order; none where the text cannot be read."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
    return {name: table for name, table in found.items() if isinstance(table, dict)}


def with_named(text: str, name: str, values: Mapping[str, TomlValue | None]) -> str:
    """The text with values of a table changed, or with a new table; keys that are not named stay.

    Args:
        text: TOML.
        name: of the table.
        values: what each key becomes; ``None``, an empty text or an empty list takes the key away.

    Raises:
        InputError: BAD_VALUE, a text is too long or not of one line.
        ConfigurationError: NOT_BY_FORM.
    """
    kept = {key: value for key, value in values.items() if value not in (None, "", ())}
    for key, value in kept.items():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str) and (len(each) > MAX_TEXT or not each.isprintable()):
                raise InputError(InputCode.BAD_VALUE, f"{key} is one line of at most {MAX_TEXT} characters")
    tables, blocks = named_tables(text), TomlBlocks(text, name, is_list=False)
    before = tables.get(name, {})
    changed = {key: value for key, value in before.items() if key not in values} | kept
    number = 0 if name in tables else len(blocks)
    return _same_but(blocks.put(number, {key: _toml(kept.get(key)) for key in values}), name, changed, text)


def without_named(text: str, name: str) -> str:
    """The text without a table.

    Raises:
        InputError: NOT_FOUND.
        ConfigurationError: NOT_BY_FORM.
    """
    if name not in named_tables(text):
        raise InputError(InputCode.NOT_FOUND, f"no table {name}")
    return _same_but(TomlBlocks(text, name, is_list=False).drop(0), name, None, text)


def _same_but(text: str, name: str, table: Mapping[str, object] | None, old: str) -> str:
    wanted: dict[str, object] = tomllib.loads(old)
    if table is None:
        del wanted[name]
    else:
        wanted[name] = {k: list(v) if isinstance(v, tuple) else v for k, v in table.items()}
    return saying(text, wanted)


def _toml(value: TomlValue | None) -> str:
    if isinstance(value, str):
        return toml_text(value)
    return "" if value is None else json.dumps(value, ensure_ascii=False)
