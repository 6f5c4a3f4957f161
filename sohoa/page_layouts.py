"""Words of a page for screens, from the stored result of reading it."""

from __future__ import annotations

import logging
from functools import lru_cache

from dossiers.errors import IntegrityError, RecordError
from dossiers.page_layout import PageLayout, PlacedWord
from dossiers.ports import ObjectStore
from pipeline.codec import decode_result

_log = logging.getLogger(__name__)


class StoredPageLayouts:
    """Implements ``reception.frame.ports.PageLayouts`` over stored results; the latest stay in memory."""

    def __init__(self, derivatives: ObjectStore) -> None:
        self._derivatives = derivatives
        self._kept = lru_cache(maxsize=256)(self._read)

    def layout(self, result_key: str) -> PageLayout | None:
        """Returns the words of a result; ``None`` where it is lost or unreadable."""
        try:
            return self._kept(result_key)
        except (RecordError, IntegrityError) as error:
            _log.warning("no layout of a page: %s", error.code)
            return None

    def _read(self, result_key: str) -> PageLayout:
        text = decode_result(self._derivatives.get(result_key)).text
        lines = (line for block in text.blocks for line in block.lines)
        return PageLayout(
            width=text.width,
            height=text.height,
            lines=tuple(
                tuple(
                    PlacedWord(text=word.text, box=word.box, confidence=word.confidence)
                    for word in line.words
                )
                for line in lines
            ),
        )
