"""Training examples, in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from dossiers.citizens import NumberIndex
from dossiers.training_example import TrainingExample
from storage.records.number_entries import entries_of
from storage.records.schema import documents, dossiers, field_values, pages, training_examples
from storage.records.trouble import not_found


class SqlTrainingExamples:
    """Implements ``dossiers.ports.TrainingExamples``."""

    def __init__(self, connection: Connection, numbers: NumberIndex) -> None:
        self._connection = connection
        self._numbers = numbers

    def put(self, example: TrainingExample) -> None:
        """Keeps an example in place of an earlier one of the same page."""
        own = (pages.c.page_id == example.page_id) & (pages.c.dossier_id == example.dossier_id)
        if self._connection.execute(select(pages.c.seq).where(own)).first() is None:
            raise not_found(f"page {example.page_id}")
        told = {
            "type_id": example.type_id,
            "features": example.features,
            "confirmed_at": example.confirmed_at,
        }
        same = training_examples.c.page_id == example.page_id
        if self._connection.execute(update(training_examples).where(same).values(**told)).rowcount == 0:
            self._connection.execute(
                insert(training_examples).values(
                    page_id=example.page_id, dossier_id=example.dossier_id, **told
                )
            )

    def all(self) -> Sequence[TrainingExample]:
        """Every example, in the order in which pages were first put."""
        rows = self._connection.execute(select(training_examples).order_by(training_examples.c.seq))
        return tuple(
            TrainingExample(
                page_id=row["page_id"],
                dossier_id=row["dossier_id"],
                type_id=row["type_id"],
                features=row["features"],
                confirmed_at=row["confirmed_at"],
            )
            for row in rows.mappings()
        )

    def erase_dossier(self, dossier_id: str) -> int:
        """Erases those of a dossier; returns how many there were."""
        return self._erase(training_examples.c.dossier_id == dossier_id)

    def erase_person(self, citizen_number: str) -> int:
        """Erases those of the dossiers of a person or naming the person; returns how many there were."""
        entries = entries_of(citizen_number, self._numbers)
        own = select(dossiers.c.dossier_id).where(dossiers.c.citizen_entry.in_(entries))
        named = (
            select(documents.c.dossier_id)
            .join(field_values, field_values.c.document_id == documents.c.document_id)
            .where(field_values.c.entry.in_(entries))
        )
        column = training_examples.c.dossier_id
        return self._erase(or_(column.in_(own), column.in_(named)))

    def _erase(self, which: ColumnElement[bool]) -> int:
        return self._connection.execute(delete(training_examples).where(which)).rowcount
