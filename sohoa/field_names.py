"""What people call fields, issues and types, for screens: the words of the command line."""

from __future__ import annotations

from dossiers.document_names import type_name
from sohoa.locale.messages import load_messages


class CommandWords:
    """Implements ``reception.services.Names``."""

    def __init__(self) -> None:
        self._messages = {language: load_messages(language) for language in ("vi", "en")}

    def field(self, name: str, language: str) -> str:
        """Name of a field; its own key where a plugin made it up."""
        return self._messages[language].field(name)

    def issue(self, code: str, language: str) -> str:
        """Name of an issue; its own code where a plugin made it up."""
        return self._messages[language].issue(code)

    def type(self, type_id: str, language: str) -> str:
        """Name of a document type."""
        return type_name(type_id, language)
