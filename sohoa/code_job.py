"""Messages of a sandboxed child that reads the QR codes of a picture; the parent loads no reader of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from dossiers.errors import EngineError
from pipeline.frames import Frame, text_of

#: Name of the job.
READ_CODES: Final = "read_codes"


def codes_request(content: bytes) -> Frame:
    """Asks for the codes of the first page of a picture."""
    return Frame(head={"job": READ_CODES}, parts=(content,))


def codes_answer(texts: Sequence[str]) -> Frame:
    """Says what the codes say."""
    return Frame(head={"codes": json.dumps(list(texts))})


def codes_of(answer: Frame) -> tuple[str, ...]:
    """Reads an answer of the child, as strictly as a file.

    Raises:
        EngineError: BAD_OUTPUT.
    """
    try:
        told = json.loads(text_of(answer.head, "codes"))
        if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
            raise TypeError
    except (TypeError, ValueError) as error:
        raise EngineError("BAD_OUTPUT", "the page process gave no codes") from error
    return tuple(told)
