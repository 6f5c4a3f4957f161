"""How the words of a query meet the words of a page; shared by every search adapter.

Rule: text and query go through the same key and are cut into runs of letters and digits, so a query is
never anything but words. A person's name matches in order, with other words allowed in between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from dossiers.errors import InputCode, InputError
from dossiers.local_time import VIETNAM
from dossiers.search import Query
from dossiers.text_folding import fold, tone_key

#: Consecutive words; ``17/QĐ-UBND`` is the phrase ``17 qd ubnd``.
Phrase = tuple[str, ...]

#: Most hits that one query may ask for.
MAX_HITS: Final = 1000
#: Longest text of words or of a name in a query, in characters.
MAX_CHARACTERS: Final = 2000

_WORD: Final = re.compile(r"[^\W_]+")


def check_query(query: Query) -> None:
    """Refuses a query that asks nothing.

    Raises:
        InputError: ``BAD_QUERY``, no condition, words or a name without a letter or digit or too long, or a
            limit out of range.
    """
    asked = [text for text in (query.words, query.person) if text]
    if query.is_empty or not all(words_of(text) for text in asked):
        raise InputError(InputCode.BAD_QUERY, "words and names need a letter or a digit")
    if any(len(text) > MAX_CHARACTERS for text in asked):
        raise InputError(InputCode.BAD_QUERY, f"words and names have up to {MAX_CHARACTERS} characters")
    if not 1 <= query.limit <= MAX_HITS:
        raise InputError(InputCode.BAD_QUERY, f"limit is 1 to {MAX_HITS}")


def words_of(text: str, *, exact_tones: bool = False) -> Phrase:
    """Returns the comparable words of a text in order."""
    return tuple(word for part in text.split() for word in _words_of_part(part, exact_tones))


def phrases_of(text: str, *, exact_tones: bool = False) -> tuple[Phrase, ...]:
    """Returns one phrase for each blank-separated word of a query; words without letters are left out."""
    phrases = (words_of(part, exact_tones=exact_tones) for part in text.split())
    return tuple(phrase for phrase in phrases if phrase)


def holds_phrase(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether the phrase stands among the words without a gap."""
    size = len(phrase)
    return any(tuple(words[at : at + size]) == phrase for at in range(len(words) - size + 1))


def holds_in_order(words: Sequence[str], name: Phrase) -> bool:
    """Whether all words of the name stand among the words in the same order, gaps allowed."""
    rest = iter(words)
    return all(word in rest for word in name)


def is_person_field(field_name: str) -> bool:
    """Whether a field holds a person's name, by the naming rule of fields."""
    return field_name.endswith("_name")


def best_line(text: str, phrases: Sequence[Phrase], *, exact_tones: bool = False) -> str:
    """Returns the line that holds the first phrase, and the most of the others; empty if no line does.

    A phrase that a line break cuts in two is looked for by its first word.
    """
    lines = [(line.strip(), words_of(line, exact_tones=exact_tones)) for line in text.splitlines()]
    for first in (phrases[0], phrases[0][:1]):
        holding = [(line, words) for line, words in lines if holds_phrase(words, first)]
        if holding:
            return max(holding, key=lambda each: sum(holds_phrase(each[1], p) for p in phrases))[0]
    return ""


def day_start(day: date) -> datetime:
    """Returns the moment at which a day begins in Viet Nam, in UTC."""
    return datetime.combine(day, time.min, VIETNAM).astimezone(UTC)


def opened_between(query: Query) -> tuple[datetime | None, datetime | None]:
    """Returns the first moment of receipt asked for and the first one after it, in UTC."""
    first = day_start(query.received_from) if query.received_from else None
    after = day_start(query.received_to + timedelta(days=1)) if query.received_to else None
    return first, after


@lru_cache(maxsize=1 << 15)
def _words_of_part(part: str, exact_tones: bool) -> Phrase:
    """Vietnamese has few syllables and a page many: each is folded once (measured: six times quicker)."""
    return tuple(_WORD.findall(tone_key(part) if exact_tones else fold(part)))
