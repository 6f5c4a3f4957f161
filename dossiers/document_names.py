"""What people call a document."""

from __future__ import annotations

from dossiers.document import Document
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.reading import CopyKind

#: How a copy is told apart, by language.
_COPY: dict[CopyKind, dict[str, str]] = {
    CopyKind.EXTRACT_COPY: {"vi": "bản sao", "en": "issued copy"},
    CopyKind.CERTIFIED_COPY: {"vi": "bản sao chứng thực", "en": "certified copy"},
}


def type_name(type_id: str, language: str) -> str:
    """Name of a document type in ``vi`` or ``en``."""
    kind = DOCUMENT_TYPES[type_id]
    return kind.vi if language == "vi" else kind.en


def document_name(document: Document, language: str) -> str:
    """Name of a document; a card with both its sides is called by neither."""
    name = type_name(document.type_id, language)
    is_whole_card = document.type_id.endswith("_front") and len(document.page_ids) > 1
    return name.removesuffix(" (mặt trước)").removesuffix(", front") if is_whole_card else name


def full_name(document: Document, language: str) -> str:
    """Name of a document with the kind of copy that it is, where the name does not say so itself."""
    name, copy = document_name(document, language), _COPY.get(document.copy_kind)
    return name if copy is None or copy[language] in name or "copy" in name else f"{name} ({copy[language]})"
