"""Which seals and signatures a document should carry, and which of them nobody saw.

Rule: nothing is said to be missing unless the place where it belongs was read. A copy is judged by what makes
it a copy: the one who certifies or issues it signs and seals, whatever the original's type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from classifiers.folding import key_of
from classifiers.marks.words import MarkWords, load_words
from classifiers.rules.book import load_book
from dossiers.reading import CopyKind, MarkKind, Outcome, PageReading

#: What is missing, by its issue code.
SEAL_MISSING: Final = "SEAL_MISSING"
SIGNATURE_MISSING: Final = "SIGNATURE_MISSING"
#: Marks of each type of document.
Expected: TypeAlias = Mapping[str, frozenset[MarkKind]]

_SEAL_AND_SIGNATURE: Final = frozenset({MarkKind.ROUND_SEAL, MarkKind.SIGNATURE})
_COPIES: Final = frozenset({CopyKind.CERTIFIED_COPY, CopyKind.EXTRACT_COPY})
_CODES: Final = ((MarkKind.ROUND_SEAL, SEAL_MISSING), (MarkKind.SIGNATURE, SIGNATURE_MISSING))
#: Marks less sure than this were not seen.
_SEEN: Final = 0.5
#: Longer lines are sentences, no lines that ask for a signature.
_LONGEST_LINE: Final = 44
#: Text of a born-digital PDF: its signature is electronic and not looked for on the paper.
_BORN_DIGITAL: Final = "pdf-text"


class Expectations:
    """Knows what documents should carry.

    Args:
        expected: marks of each type.
        words: the lines that ask for a signature.
    """

    def __init__(self, expected: Expected, words: MarkWords) -> None:
        self._expected = expected
        # As one tuple: every line of every page is asked whether it begins like one of them.
        self._signing = tuple(each for each in words.signing if len(each) > 3)

    def missing(self, type_id: str, copy_kind: CopyKind, pages: Sequence[PageReading]) -> tuple[str, ...]:
        """Returns ``SEAL_MISSING`` and ``SIGNATURE_MISSING`` where they hold.

        Args:
            type_id: the document's type.
            copy_kind: original or copy.
            pages: all pages of the document.
        """
        wanted = self._expected.get(type_id, frozenset())
        if wanted and copy_kind in _COPIES:
            wanted = _SEAL_AND_SIGNATURE
        seen = {mark.kind for page in pages for mark in page.marks if mark.confidence >= _SEEN}
        is_electronic = MarkKind.E_SIGNATURE in seen or any(page.engine == _BORN_DIGITAL for page in pages)
        if not wanted or is_electronic or not self._is_end_read(pages):
            return ()
        return tuple(code for kind, code in _CODES if kind in wanted - seen)

    def _is_end_read(self, pages: Sequence[PageReading]) -> bool:
        """Whether a line that asks for a signature stands on a page, and no page was left unread."""
        if any(page.outcome is Outcome.NEEDS_PERSON for page in pages):
            return False
        # From the foot up: there it stands on most papers.
        lines = (line for page in reversed(pages) for line in reversed(page.text.split("\n")))
        return any(self._asks(line) for line in lines if ":" not in line)

    def _asks(self, line: str) -> bool:
        key = key_of(line)
        return len(key) <= _LONGEST_LINE and key.startswith(self._signing)


def load_expectations(data_dir: Path | None = None) -> Expectations:
    """Reads the expectations of the rule book and of the office's own types.

    Args:
        data_dir: the data folder; ``None`` for the delivered rules alone.

    Raises:
        ConfigurationError: a rule file is broken.
    """
    book = load_book(data_dir)
    return Expectations({rule.type_id: rule.expects for rule in book.papers}, load_words())
