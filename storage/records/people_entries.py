"""Stores of people filed under a newer key of the blind index, as far as their numbers stand in the records.

A store holds no number, only entries. But most numbers stand in clear on papers, in dossiers and in cases:
from them the entries are made anew. Who is known by a number that stands nowhere else moves when looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Executable, bindparam, func, select, update

from dossiers.citizens import HolderNumber, NumberIndex, number_of
from dossiers.paper_making import claim_of
from storage.records.case_schema import cases
from storage.records.parties_codec import parties_from_text
from storage.records.schema import dossiers, field_values
from storage.records.sql_holders import SqlHolderRecords
from storage.records.sql_papers import SqlPaperRecords
from storage.records.vault_schema import confirmed_facts, confirmed_papers, holder_numbers

#: How many numbers or papers are looked at with one query.
_ROWS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledAnew:
    """What moved to the present key.

    Attributes:
        values: numbers of dossiers and on documents.
        people: numbers of stores.
        papers: papers' own numbers.
        pages: pages on which words hold numbers.
        left: numbers of stores that stand nowhere in clear: they move when they are looked up.
    """

    values: int
    people: int
    papers: int
    pages: int
    left: int


def move_people(connection: Connection, numbers: NumberIndex) -> tuple[int, int]:
    """Files the numbers of stores under the present key.

    Returns:
        How many moved, and how many are left under former keys.
    """
    moved, present = 0, set[str]()
    for batch in _in_batches(_known_numbers(connection)):
        entries = [numbers.entries(number) for number in batch]
        renewed = {former: each[0] for each in entries for former in each[1:]}
        for entry in _there(connection, renewed):
            SqlHolderRecords(connection).rename_entry(entry, renewed[entry])
            moved += 1
        present.update(_there(connection, [each[0] for each in entries]))
    total = connection.execute(select(func.count()).select_from(holder_numbers)).scalar_one()
    return moved, total - len(present)


def move_claims(connection: Connection, numbers: NumberIndex) -> int:
    """Files papers' own numbers under the present key; returns how many moved."""
    papers, moved, last = SqlPaperRecords(connection), 0, 0
    statement = (
        select(confirmed_papers.c.seq, confirmed_papers.c.paper_id, confirmed_papers.c.type_id)
        .add_columns(confirmed_papers.c.claim)
        .where(confirmed_papers.c.seq > bindparam("last"), confirmed_papers.c.claim.is_not(None))
        .order_by(confirmed_papers.c.seq)
        .limit(_ROWS)
    )
    while rows := connection.execute(statement, {"last": last}).all():
        last = rows[-1].seq
        for row in rows:
            claim = claim_of(row.type_id, papers.facts(row.paper_id), numbers)
            if claim not in (None, row.claim):
                own = update(confirmed_papers).where(confirmed_papers.c.seq == row.seq)
                connection.execute(own.values(claim=claim))
                moved += 1
    return moved


def _known_numbers(connection: Connection) -> Iterator[HolderNumber]:
    """Every number that stands in clear somewhere, each once."""
    owners = select(dossiers.c.citizen_number).where(dossiers.c.citizen_number.is_not(None))
    values = select(field_values.c.value).where(field_values.c.entry.is_not(None))
    facts = select(confirmed_facts.c.value).where(confirmed_facts.c.name.like("%number"))
    seen = set[HolderNumber]()
    for text in (
        *_texts(connection, owners.union(values, facts)),
        *(parties_from_text(text).owner.identifier for text in _texts(connection, select(cases.c.parties))),
    ):
        number = number_of(text)
        if number is not None and number not in seen:
            seen.add(number)
            yield number


def _texts(connection: Connection, statement: Executable) -> Iterator[str]:
    yield from (str(text) for text in connection.execute(statement).scalars() if text)


def _there(connection: Connection, entries: Iterable[str]) -> list[str]:
    asked = select(holder_numbers.c.entry).where(holder_numbers.c.entry.in_(list(entries)))
    return list(connection.execute(asked).scalars())


def _in_batches(numbers: Iterator[HolderNumber]) -> Iterator[list[HolderNumber]]:
    batch: list[HolderNumber] = []
    for number in numbers:
        batch.append(number)
        if len(batch) == _ROWS:
            yield batch
            batch = []
    if batch:
        yield batch
