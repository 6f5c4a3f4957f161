"""Where a statement of a data file comes from, as the file writes it."""

from __future__ import annotations

from dossiers.catalogue_table import CatalogueTable
from dossiers.procedures import Evidence, SourceKind


def evidence_in(table: CatalogueTable, key: str) -> Evidence:
    """The evidence under a key; every statement has a source or is memory.

    Raises:
        ConfigurationError: it is missing or names no source.
    """
    found = table.table(key)
    if found is None:
        raise table.bad(f"{key} is missing: every statement has a source or is memory")
    return evidence_of(found)


def evidence_of(table: CatalogueTable) -> Evidence:
    """The evidence that a table holds.

    Raises:
        ConfigurationError: it names no source.
    """
    kind = table.choice("kind", SourceKind)
    citation = table.text("citation", "")
    table.close()
    if kind is None or (kind is not SourceKind.MEMORY and not citation):
        raise table.bad("a source needs its kind and, unless it is memory, a citation")
    return Evidence(kind=kind, citation=citation)
