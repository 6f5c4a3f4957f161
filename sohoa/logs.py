"""The log: one JSON object a line, so that nothing in the data can begin a new line (S27)."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from dossiers.trace import trace_id

#: A log file is renewed at this size, bytes, and this many old ones are kept.
_MAX_BYTES: Final = 10_000_000
_KEEP: Final = 10


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line, without an end of line."""
        fields = {
            "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if trace_id():
            fields["trace_id"] = trace_id()
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields)


def log_to(folder: Path, *, verbose: bool, name: str = "sohoa.log") -> logging.Handler:
    """Sends everything that is logged to a file in the folder; returns the handler to take it off.

    Args:
        folder: where the file is.
        verbose: whether everything is logged.
        name: of the file; processes that live long have one each, renewed without a word to the others.
    """
    handler = RotatingFileHandler(
        folder / name, maxBytes=_MAX_BYTES, backupCount=_KEEP, encoding="utf-8", delay=True
    )
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    return handler
