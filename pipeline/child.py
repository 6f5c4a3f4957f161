"""The loop of a sandboxed child: a request in, an answer out, until its parent closes the pipe.

A handler may say how much work a request turned out to be before it does that work; its parent then waits
longer, within its own limits.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from dossiers.errors import ConfigurationError, EngineError, InputCode, InputError, SohoaError
from pipeline.frames import Frame, packed, text_of, unpacked

#: Answers one kind of request; where it yields frames, all but the last only say how much work there is.
Handler = Callable[[Frame], Frame | Iterator[Frame]]


def serve(handlers: Mapping[str, Handler]) -> None:
    """Answers requests by the ``job`` in their head; returns when the parent closes the pipe.

    ``pipeline.confine`` gave answers a descriptor of their own, so that what libraries print never gets
    between them.

    Raises:
        EngineError: NOT_CONFINED where this process was not started by a sandbox.
    """
    descriptor = os.environ.get("SOHOA_ANSWERS", "")
    if not descriptor.isdigit():
        raise EngineError("NOT_CONFINED", "a page process must be started by its sandbox")
    with os.fdopen(int(descriptor), "wb") as answers, os.fdopen(0, "rb") as requests:
        while (request := unpacked(requests.read)) is not None:
            for answer in answered(request, handlers):
                for piece in packed(answer):
                    answers.write(piece)
                answers.flush()


def answered(request: Frame, handlers: Mapping[str, Handler]) -> Iterator[Frame]:
    """Yields what the handler says, or its error as an answer; the last frame is the answer."""
    try:
        handler = handlers.get(text_of(request.head, "job"))
        if handler is None:
            raise EngineError("BAD_REQUEST", "unknown job")
        answer = handler(request)
        if isinstance(answer, Frame):
            yield answer
        else:
            yield from answer
    except InputError as error:
        yield _failed("input", error)
    except ConfigurationError as error:
        yield _failed("configuration", error)
    except SohoaError as error:
        yield _failed("engine", error)
    except MemoryError:
        yield _failed("input", InputError(InputCode.LIMIT_EXCEEDED, "memory"))


def _failed(kind: str, error: SohoaError) -> Frame:
    told = {"code": error.code, "vi": error.vi, "en": error.en, "hint": error.hint}
    return Frame(head={"error": kind, **told})
