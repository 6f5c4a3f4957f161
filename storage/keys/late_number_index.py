"""The blind index whose key is read when the first number is filed or asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from dossiers.citizens import HolderNumber
from storage.keys.number_index import HmacNumberIndex, open_number_index


class LateNumberIndex:
    """Implements ``dossiers.citizens.NumberIndex``; every call raises what ``open_number_index`` does.

    Args:
        path: the key file; made when it is first needed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _index(self) -> HmacNumberIndex:
        return open_number_index(self._path)

    def of(self, number: HolderNumber) -> str:
        """The entry under the present key."""
        return self._index.of(number)

    def entries(self, number: HolderNumber) -> tuple[str, ...]:
        """Entries under all keys, the present one first."""
        return self._index.entries(number)

    def of_paper(self, type_id: str, serial: str) -> str:
        """The entry of a paper's own number."""
        return self._index.of_paper(type_id, serial)

    def of_word(self, word: str) -> tuple[str, ...]:
        """Entries of a word of a page under all keys."""
        return self._index.of_word(word)
