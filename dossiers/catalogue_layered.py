"""A catalogue with what the office imported over it, whose entries are read when they are asked for.

A whole country has tens of thousands of entries; a command needs a few. What was imported was checked then,
so reading an entry late loses nothing: a file that was spoiled since is told when its entry is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dossiers.catalogue_file import read_catalogue
from dossiers.catalogue_layers import merge, with_days
from dossiers.catalogue_records import CatalogueRecords
from dossiers.catalogue_table import bad_catalogue
from dossiers.procedures import Procedure

#: Keys of a catalogue file that hold procedures.
_ENTRIES: Final = ("procedure", "code", "code_list")
_Entry = tuple[str, dict[str, object]]
Layer = dict[str, object]


class LayeredRecords:
    """The records that ship and layers over them, the later one wins.

    Args:
        shipped: the lowest layer.
        layers: those over it, oldest first, as plain values of a catalogue file with days as ISO text.

    Raises:
        ConfigurationError: BAD_CATALOGUE, an entry says no code, or what is beside the entries is wrong.
    """

    def __init__(self, shipped: CatalogueRecords, layers: Sequence[Layer] = ()) -> None:
        self._shipped = shipped
        self._layers = layers
        self._entries = tuple(_by_number(layer) for layer in layers)
        self._base: dict[str, list[Procedure]] = {}
        for each in shipped.procedures:
            self._base.setdefault(each.number, []).append(each)
        self._read: dict[str, tuple[Procedure, ...]] = {}
        self._whole: CatalogueRecords | None = None if layers else shipped
        self.rest = self._merged_rest()

    def of(self, number: str) -> tuple[Procedure, ...]:
        """The entries of a number, of all times.

        Raises:
            ConfigurationError: BAD_CATALOGUE.
        """
        if number not in self._read:
            found = CatalogueRecords(procedures=tuple(self._base.get(number, ())))
            for entries in self._entries:
                found = merge(found, _records(entries.get(number, ())))
            self._read[number] = found.procedures
        return self._read[number]

    def whole(self) -> CatalogueRecords:
        """Everything, read the first time that it is asked for.

        Raises:
            ConfigurationError: BAD_CATALOGUE.
        """
        if self._whole is None:
            whole = self._shipped
            for layer in self._layers:
                whole = merge(whole, read_catalogue(with_days(layer)))
            self._whole = whole
        return self._whole

    def _merged_rest(self) -> CatalogueRecords:
        """All but the procedures, which is little."""
        rest = CatalogueRecords(
            replacements=self._shipped.replacements,
            distrusted=self._shipped.distrusted,
            substitutions=self._shipped.substitutions,
        )
        for layer in self._layers:
            others = {key: value for key, value in layer.items() if key not in _ENTRIES}
            rest = merge(rest, read_catalogue(with_days(others)))
        return rest


def _by_number(layer: Layer) -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = {}
    for key, entry in _entries_in(layer):
        if key == "code_list":
            codes = entry.get("codes")
            for code in codes if isinstance(codes, list) else ():
                found.setdefault(str(code), []).append((key, {**entry, "codes": [code]}))
        elif isinstance(entry.get("code"), str):
            found.setdefault(str(entry["code"]), []).append((key, entry))
        else:
            raise bad_catalogue(key, "an entry says no code")
    return found


def _entries_in(layer: Layer) -> Iterator[_Entry]:
    for key in _ENTRIES:
        entries = layer.get(key, [])
        if not isinstance(entries, list):
            raise bad_catalogue(key, "must be a list of tables")
        for entry in entries:
            if not isinstance(entry, dict):
                raise bad_catalogue(key, "is no table")
            yield key, entry


def _records(entries: Sequence[_Entry]) -> CatalogueRecords:
    if not entries:
        return CatalogueRecords()
    values = {key: [entry for own, entry in entries if own == key] for key in _ENTRIES}
    return read_catalogue(with_days(values))
