"""Ports that several screens stand on."""

from __future__ import annotations

from typing import Protocol

from dossiers.document import Document
from dossiers.page_layout import PageLayout


class PageLayouts(Protocol):
    """Tells where the words of a page stand."""

    def layout(self, result_key: str) -> PageLayout | None:
        """Returns the words of a stored reading; ``None`` where it is lost. May be repeated.

        Args:
            result_key: object key of the full result, as the records have it beside the reading.
        """
        ...


class Names(Protocol):
    """What people call things; ``language`` is ``vi`` or ``en``."""

    def field(self, name: str, language: str) -> str:
        """Name of a field; its own key where a plugin made it up."""
        ...

    def issue(self, code: str, language: str) -> str:
        """Name of an issue; its own code where a plugin made it up."""
        ...

    def type(self, type_id: str, language: str) -> str:
        """Name of a document type; its own id where it is not known any more."""
        ...

    def document(self, document: Document, language: str) -> str:
        """Name of a document with the kind of copy that it is."""
        ...
