"""Replays what a slow engine once read: for tests that must be quick and the same everywhere.

A recording is named by the pixels and by the recorded engine's signature, so a changed picture or model
never finds an old answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from dossiers.errors import EngineError
from pipeline.codec import decode_text, encode_text
from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ports import LineReader, OcrEngine
from pipeline.text import PageText, Word


class ReplayEngine:
    """Answers from recordings; asks and records the engine behind it where there is one.

    Args:
        folder: where recordings lie.
        signature: of the recorded engine.
        recorder: the engine to record with; without it an unknown page is an error.
    """

    def __init__(self, folder: Path, signature: str, recorder: OcrEngine | None = None) -> None:
        self._folder = folder
        self._signature = signature
        self._recorder = recorder

    @property
    def signature(self) -> str:
        """The recorded engine's own signature: what it read is what counts."""
        return self._signature

    def recognise(self, image: PageImage) -> PageText:
        """Returns the recording of these pixels (see ``OcrEngine``).

        Raises:
            EngineError: NOT_RECORDED where there is none and no engine to ask; BAD_OUTPUT where it is spoilt.
        """
        return self._replayed(image, "page", lambda recorder: recorder.recognise(image))

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        """Returns the recording of a line (see ``LineReader``); none where the engine reads no lines.

        Raises:
            EngineError: as ``recognise``.
        """
        return self._replayed(image, "line", lambda recorder: _line_text(recorder, image)).words

    def _replayed(self, image: PageImage, kind: str, ask: Callable[[OcrEngine], PageText]) -> PageText:
        path = self._folder / f"{self._key(image, kind)}.json"
        if path.is_file():
            try:
                return decode_text(path.read_bytes())
            except (ValueError, KeyError, TypeError) as error:
                raise EngineError("BAD_OUTPUT", f"recording {path.name} is spoilt") from error
        if self._recorder is None:
            raise EngineError("NOT_RECORDED", f"no recording {path.name}")
        text = ask(self._recorder)
        self._folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode_text(text))
        return text

    def close(self) -> None:
        """Closes the engine behind, if any."""
        if self._recorder is not None:
            self._recorder.close()

    def _key(self, image: PageImage, kind: str = "page") -> str:
        described = json.dumps([self._signature, kind, image.pixels.shape, round(image.dpi, 3)])
        digest = hashlib.sha256(described.encode())
        digest.update(image.pixels.tobytes())
        return digest.hexdigest()[:32]


def _line_text(engine: OcrEngine, image: PageImage) -> PageText:
    words = engine.recognise_line(image) if isinstance(engine, LineReader) else ()
    blocks = (block_of([line_of(words)]),) if words else ()
    return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=blocks)
