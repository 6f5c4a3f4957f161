"""What the pages of administration share: the error face of a file, the language of an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dossiers.errors import ConfigurationError, ResourceError, SohoaError
from reception.frame.pages import DeskRequest, Pages

T = TypeVar("T")


def sentence(request: DeskRequest, pages: Pages, error: SohoaError) -> str:
    """What an error says, with its code, in the language of the browser."""
    text = error.vi if pages.words_for(request).language == "vi" else error.en
    return f"{text} ({error.code})"


def or_trouble(request: DeskRequest, pages: Pages, read: Callable[[], T]) -> tuple[T | None, str]:
    """What was read, or why it cannot be: one bad file leaves the rest of a page whole."""
    try:
        return read(), ""
    except (ConfigurationError, ResourceError) as error:
        return None, sentence(request, pages, error)
