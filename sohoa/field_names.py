"""What people call fields, issues and types, for screens: the words of the command line."""

from __future__ import annotations

from dossiers.document import Document
from dossiers.document_names import full_name, type_name
from dossiers.document_types import DOCUMENT_TYPES
from sohoa.locale.messages import load_messages


class CommandWords:
    """Implements ``reception.frame.ports.Names``."""

    def __init__(self) -> None:
        self._messages = {language: load_messages(language) for language in ("vi", "en")}

    def field(self, name: str, language: str) -> str:
        """Name of a field; its own key where a plugin made it up."""
        return self._messages[language].field(name)

    def issue(self, code: str, language: str) -> str:
        """Name of an issue; its own code where a plugin made it up."""
        return self._messages[language].issue(code)

    def type(self, type_id: str, language: str) -> str:
        """Name of a document type; its own id where it is not known any more."""
        return type_name(type_id, language) if type_id in DOCUMENT_TYPES else type_id

    def document(self, document: Document, language: str) -> str:
        """Name of a document with the kind of copy that it is."""
        return full_name(document, language) if document.type_id in DOCUMENT_TYPES else document.type_id
