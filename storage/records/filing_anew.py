"""Everything that is filed under the blind index, filed anew under its present key."""

from __future__ import annotations

from sqlalchemy import Connection

from dossiers.citizens import NumberIndex
from storage.records.blind_words import blind_anew
from storage.records.number_entries import fill_entries
from storage.records.people_entries import FiledAnew, move_claims, move_people


def file_anew(connection: Connection, numbers: NumberIndex) -> FiledAnew:
    """Moves all entries whose numbers stand in the records; may be repeated."""
    values = fill_entries(connection, numbers)
    people, left = move_people(connection, numbers)
    papers, pages = move_claims(connection, numbers), blind_anew(connection, numbers)
    return FiledAnew(values=values, people=people, papers=papers, pages=pages, left=left)
