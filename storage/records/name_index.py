"""Field values of documents, made findable by number and by the words of a person's name."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from dossiers.citizens import NumberIndex
from dossiers.document import Document
from dossiers.reading import FieldValue
from dossiers.search_words import is_person_field, words_of
from storage.records.number_entries import entry_of
from storage.records.schema import field_values, name_index
from storage.records.word_match import padded


def index_names(connection: Connection, document: Document, numbers: NumberIndex) -> None:
    """Adds the field values of a new document."""
    for field in document.fields:
        if field.value is not None:
            _index(connection, document.document_id, field, entry_of(field.value, numbers))


def forget_names(connection: Connection, document_id: str) -> None:
    """Removes the field values of a document that is about to be removed."""
    if _has_full_text(connection):
        own = select(field_values.c.seq).where(field_values.c.document_id == document_id)
        connection.execute(delete(name_index).where(name_index.c.rowid.in_(own)))
    connection.execute(delete(field_values).where(field_values.c.document_id == document_id))


def _index(connection: Connection, document_id: str, field: FieldValue, entry: str | None) -> None:
    is_name, value = is_person_field(field.name), field.value or ""
    folded, toned = words_of(value), words_of(value, exact_tones=True)
    row = insert(field_values).values(
        document_id=document_id,
        name=field.name,
        value=value,
        folded=padded(folded) if is_name else None,
        toned=padded(toned) if is_name else None,
        entry=entry,
    )
    seq = connection.execute(row).inserted_primary_key
    if is_name and seq is not None and _has_full_text(connection):
        words = insert(name_index).values(rowid=seq[0], folded=" ".join(folded), toned=" ".join(toned))
        connection.execute(words)


def _has_full_text(connection: Connection) -> bool:
    """Elsewhere ``field_values`` is indexed itself."""
    return connection.dialect.name == "sqlite"
