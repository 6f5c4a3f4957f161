"""Words that hold a number of a person, in the index of words: kept and asked for by a keyed hash (S35).

Rule: a word is blinded whole and always in the same way, so whoever knows it finds it and whoever reads the
index does not. What is no such word stays as it is. A number that stands on the paper in groups, or one digit
a box, is several words, each of which says nothing by itself; they stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, select, text, update
from sqlalchemy.engine import Row

from dossiers.citizens import NumberIndex
from dossiers.search_words import Phrase, words_of
from storage.records.schema import page_index, page_texts, pages
from storage.records.word_match import match_for

#: Nine digits in a row (cards old and new, tax codes, the zone of a card for machines), or a passport.
_TELLING: Final = re.compile(r"\d{9}|[a-z]{1,2}\d{6,8}\Z")
#: Every such word has as many digits in a row.
_MAY_TELL: Final = re.compile(r"\d{6}")
#: Heads a blinded word, so that it is known for one; no word on paper is so long.
_HEAD: Final = "so"
_BLINDED: Final = re.compile(rf"{_HEAD}[0-9a-f]{{64}}")
_Row = Row[int, str, str]
#: How many rows are read and written at a time.
_ROWS: Final = 500
_NEXT: Final = (
    select(page_index.c.rowid, page_index.c.folded, page_index.c.toned)
    .where(page_index.c.rowid > bindparam("last"))
    .order_by(page_index.c.rowid)
    .limit(_ROWS)
)
_CHANGING: Final = (
    update(page_index)
    .where(page_index.c.rowid == bindparam("the_page"))
    .values(folded=bindparam("new_folded"), toned=bindparam("new_toned"))
)


def blinded(words: Phrase, numbers: NumberIndex) -> Phrase:
    """The words as the index keeps them."""
    if _MAY_TELL.search(" ".join(words)) is None:  # most pages; looking at each word takes its time
        return words
    return tuple(_kept(word, numbers) for word in words)


def spellings(phrase: Phrase, numbers: NumberIndex) -> Sequence[Phrase]:
    """The phrases under which the index may hold this one: one for each key there is or was."""
    if not any(_is_telling(word) for word in phrase):
        return (phrase,)
    each = [[_HEAD + e for e in numbers.of_word(w)] if _is_telling(w) else [w] for w in phrase]
    keys = max(len(entries) for entries in each)
    return tuple(tuple(entries[key % len(entries)] for entries in each) for key in range(keys))


def blind_pages(connection: Connection, numbers: NumberIndex) -> int:
    """Blinds the words of every page that stand in clear; may be repeated.

    Returns:
        How many pages were changed.
    """
    changed = 0
    for rows in _batches(connection):
        made = []
        for row in rows:
            seq, folded, toned = row
            words = blinded(tuple(folded.split()), numbers)
            if _is_other(row, words):
                made.append((seq, words, blinded(tuple(toned.split()), numbers)))
        changed += _change(connection, made)
    if changed and connection.dialect.name == "sqlite":  # or the words stay in segments not merged yet
        connection.execute(text("INSERT INTO page_index (page_index) VALUES ('optimize')"))
    return changed


def blind_anew(connection: Connection, numbers: NumberIndex) -> int:
    """Blinds under the present key what was blinded under a former one; may be repeated.

    Returns:
        How many pages were changed.
    """
    changed = 0
    for rows in _batches(connection):
        blind = [row for row in rows if _BLINDED.search(row[1])]
        texts = _texts(connection, [row[0] for row in blind])
        made = []
        for row in blind:
            whole = texts.get(row[0], "")
            folded = blinded(words_of(whole), numbers)
            if _is_other(row, folded):
                made.append((row[0], folded, blinded(words_of(whole, exact_tones=True), numbers)))
        changed += _change(connection, made)
    return changed


def _kept(word: str, numbers: NumberIndex) -> str:
    return _HEAD + numbers.of_word(word)[0] if _is_telling(word) else word


def _is_telling(word: str) -> bool:
    return _TELLING.search(word) is not None and _BLINDED.fullmatch(word) is None


def _is_other(row: Sequence[object], folded: Phrase) -> bool:
    return tuple(str(row[1]).split()) != folded


def _batches(connection: Connection) -> Iterator[Sequence[_Row]]:
    last = -1
    while rows := connection.execute(_NEXT, {"last": last}).all():
        yield rows
        last = rows[-1][0]


def _texts(connection: Connection, rows: Sequence[int]) -> dict[int, str]:
    own = page_texts.join(pages, pages.c.page_id == page_texts.c.page_id)
    statement = select(pages.c.seq, page_texts.c.text).select_from(own).where(pages.c.seq.in_(rows))
    return {row.seq: row.text for row in connection.execute(statement)}


def _change(connection: Connection, made: Sequence[tuple[int, Phrase, Phrase]]) -> int:
    stored = match_for(connection).stored
    if made:
        connection.execute(
            _CHANGING,
            [{"the_page": row, "new_folded": stored(f), "new_toned": stored(t)} for row, f, t in made],
        )
    return len(made)
