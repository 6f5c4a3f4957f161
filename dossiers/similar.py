"""Documents like another one: of the same type, with words of at least half of its first lines. Simple.

The words that are longest stand in for the rarest: an index of how often words occur is not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from dossiers.document import Document
from dossiers.ports import RecordStore
from dossiers.search import Hit, Query
from dossiers.search_words import words_of

#: Lines that are looked at, the words asked for together, and the most questions asked.
_LINES: Final = 12
_TOGETHER: Final = 3
_LEAST_LETTERS: Final = 4
_MOST_ASKED: Final = 4


def similar_to(
    records: RecordStore, document: Document, within: Sequence[str] = (), limit: int = 8
) -> tuple[Hit, ...]:
    """Finds documents like one, likest first; itself and others of its dossier are not among them.

    Args:
        records: the records.
        document: what to compare with.
        within: of these agencies and those below only; all for none.
        limit: at most so many.
    """
    scores: dict[str, tuple[int, Hit]] = {}
    with records.transaction() as work:
        reading = work.pages.reading(document.page_ids[0]) if document.page_ids else None
        asked = _words_to_ask(reading[0].text if reading else "")
        for words, times in asked.items():
            query = Query(type_id=document.type_id, words=words, within=tuple(within), limit=50)
            for hit in work.search.find(query):
                if hit.document_id and hit.dossier_id != document.dossier_id:
                    score = scores.get(hit.document_id, (0, hit))[0]
                    scores[hit.document_id] = (score + times, hit)
    alike = [each for each in scores.values() if 2 * each[0] >= asked.total()]
    best = sorted(alike, key=lambda each: -each[0])
    return tuple(hit for _, hit in best[:limit])


def _words_to_ask(text: str) -> Counter[str]:
    """The words of each of the first lines that has enough, and how many lines ask for the same."""
    chosen = (_longest(line) for line in text.splitlines()[:_LINES])
    return Counter(islice((" ".join(each) for each in chosen if len(each) == _TOGETHER), _MOST_ASKED))


def _longest(line: str) -> list[str]:
    words = {each for each in words_of(line) if len(each) >= _LEAST_LETTERS and not each.isdigit()}
    return sorted(words, key=lambda each: (-len(each), each))[:_TOGETHER]
