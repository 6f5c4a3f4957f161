"""How the answers to a query are come by, so that a million dossiers are not gone through.

Where what is asked of papers holds for few of them, their dossiers are put in order and looked at. Otherwise
dossiers are met by the newest papers that hold it; where those are other branches' or of other days, the own
ones are walked through in the order of answers, until there are answers enough. All ways find the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, RowMapping, exists, select

from dossiers.search import Query
from dossiers.search_words import Phrase, phrases_of, words_of
from storage.records.one_of import one_of
from storage.records.schema import documents, dossiers, pages
from storage.records.search_candidates import candidates, in_order
from storage.records.search_newest import NewestFirst, Papers, of_type, with_words
from storage.records.search_reach import Reach, walk
from storage.records.search_statement import Among, SearchStatement
from storage.records.word_match import WordMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLimits:
    """Where one way becomes shorter than the other; they decide on speed alone.

    Attributes:
        few: so many pages or papers are few.
        papers: newest papers that are read at most.
        meant: gives up reading where the part of those papers that is of dossiers that are meant is so many
            times smaller than the part of all papers that holds what is asked for.
        patience: dossiers that are walked through before papers are asked again.
        some: so many are few then.
        window: dossiers that are looked at together at first.
    """

    few: int
    papers: int
    meant: float
    patience: int
    some: int
    window: int


#: With a million dossiers, gathering those of 4,000 pages takes about as long as meeting 50 by their newest.
USUAL_LIMITS: Final = SearchLimits(
    few=4_000, papers=5_000, meant=1.0, patience=8_000, some=30_000, window=128
)


class SearchPlan:
    """Looks for the answers to one query."""

    def __init__(
        self,
        connection: Connection,
        query: Query,
        entries: Sequence[str],
        match: WordMatch,
        limits: SearchLimits,
    ) -> None:
        self._connection = connection
        self._query = query
        self._entries = entries
        self._limits = limits
        self._match = match
        self._statement = SearchStatement(connection, query, entries)

    def rows(self, reach: Reach) -> Sequence[RowMapping]:
        """The rows of the hits, in order."""
        limits = self._limits
        few = self._candidates(limits.few)
        if few is not None:
            return self._first(_windows(in_order(self._connection, few, reach), limits.window))
        found, rest = self._by_newest_papers(reach)
        if rest is None or len(found) == self._query.limit:
            return found
        return self._by_walking(found, rest)

    def _by_newest_papers(self, reach: Reach) -> tuple[Sequence[RowMapping], Reach | None]:
        """The first hits, and where others may be."""
        ways = [
            NewestFirst(self._connection, papers, reach, self._limits.window) for papers in self._papers()
        ]
        if not ways or not self._limits.papers:
            return (), reach
        newest = ways[0] if len(ways) == 1 else min(ways, key=NewestFirst.share)
        found = self._first(newest.windows(self._limits.papers, self._limits.meant))
        return found, newest.rest

    def _papers(self) -> Iterator[Papers]:
        query = self._query
        if query.words:
            phrases = phrases_of(query.words, exact_tones=query.exact_tones)
            yield with_words(self._match.on_page(phrases, exact_tones=query.exact_tones))
        if query.type_id:
            yield of_type(query.type_id)

    def _by_walking(self, found: Sequence[RowMapping], reach: Reach) -> Sequence[RowMapping]:
        """The hits after these."""
        limits = self._limits
        walked = walk(self._connection, reach, limits.window)
        seen: set[int] = set()
        found = self._first(_cut(walked, limits.patience, seen), found)
        if len(found) == self._query.limit:
            return found
        # What is asked for is elsewhere: seldom, and then the papers are the shorter way.
        some = self._candidates(limits.some)
        if some is not None:
            others = in_order(self._connection, some - seen, reach)
            return self._first(_windows(others, limits.window), found)
        return self._first(walked, found)

    def _candidates(self, most: int) -> frozenset[int] | None:
        return candidates(self._connection, self._query, self._entries, self._match, most)

    def _first(
        self, windows: Iterable[Sequence[int]], before: Sequence[RowMapping] = ()
    ) -> Sequence[RowMapping]:
        """The hits of these windows after those before them, at most as many as are asked for."""
        found = list(before)
        for window in windows:
            found += self._over(window)
            if len(found) >= self._query.limit:
                break
        return found[: self._query.limit]

    def _over(self, window: Sequence[int]) -> Sequence[RowMapping]:
        query = self._query
        worded: frozenset[int] = frozenset()
        named: frozenset[int] = frozenset()
        asked: Collection[int] = window
        if query.type_id and (query.words or query.person):
            asked = window = self._of_type(window, query.type_id)
        if query.words or query.person:
            known = self._pages(window)
            if query.words:
                phrases = phrases_of(query.words, exact_tones=query.exact_tones)
                worded = self._holding(tuple(known), phrases)
                asked = {known[each] for each in worded}
                if not asked:
                    return ()
            if query.person:
                name = words_of(query.person, exact_tones=query.exact_tones)
                named = self._holding(tuple(known), [name])
        among = Among(dossiers=asked, worded=worded, named=named)
        return self._connection.execute(self._statement.over(among)).mappings().all()

    def _holding(self, numbers: Sequence[int], phrases: Sequence[Phrase]) -> frozenset[int]:
        exact = self._query.exact_tones
        return self._match.among(self._connection, numbers, phrases, exact_tones=exact)

    def _of_type(self, window: Sequence[int], type_id: str) -> Sequence[int]:
        """Those of these dossiers with a paper of a type."""
        own = documents.c.dossier_id == dossiers.c.dossier_id
        # Joined to nothing, so that no index of types leads: the dossiers do.
        typed = select(documents.c.seq).where(own, documents.c.type_id.concat("") == type_id)
        statement = select(dossiers.c.seq).where(
            one_of(self._connection, dossiers.c.seq, window), exists(typed.correlate(dossiers))
        )
        return self._connection.execute(statement).scalars().all()

    def _pages(self, window: Sequence[int]) -> Mapping[int, int]:
        """Numbers of the pages of these dossiers, each with that of its dossier."""
        statement = (
            select(pages.c.seq, dossiers.c.seq)
            .select_from(dossiers.join(pages, pages.c.dossier_id == dossiers.c.dossier_id))
            .where(one_of(self._connection, dossiers.c.seq, window))
        )
        return {row[0]: row[1] for row in self._connection.execute(statement).all()}


def _windows(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    start = 0
    while start < len(numbers):
        yield numbers[start : start + size]
        start, size = start + size, 2 * size


def _cut(windows: Iterable[Sequence[int]], most: int, seen: set[int]) -> Iterator[Sequence[int]]:
    """The windows until so many dossiers were seen; what is left of ``windows`` comes after them."""
    for window in windows:
        seen.update(window)
        yield window
        if len(seen) >= most:
            return
