"""A blind index for tests and trials: as real as the product's, with a key that everybody knows."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from dossiers.citizens import HolderNumber

#: The key of tests; entries made with it protect nobody.
_KEY: Final = b"known to everybody"


class MemoryNumberIndex:
    """Implements ``dossiers.citizens.NumberIndex``."""

    def of(self, number: HolderNumber) -> str:
        """The entry of a number."""
        return _entry(number.kind.value, number.text)

    def entries(self, number: HolderNumber) -> tuple[str, ...]:
        """The same, as the only one."""
        return (self.of(number),)

    def of_paper(self, type_id: str, serial: str) -> str:
        """The entry of a paper's own number."""
        return _entry(f"paper/{type_id}", "".join(sign for sign in serial.upper() if sign.isalnum()))

    def of_word(self, word: str) -> tuple[str, ...]:
        """The entry of a word of a page."""
        return (_entry("word", word),)


def _entry(domain: str, text: str) -> str:
    return hmac.new(_KEY, f"{domain}\x1f{text}".encode(), hashlib.sha256).hexdigest()
