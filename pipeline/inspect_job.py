"""The job of a sandboxed child that looks at files, and its answer as a message."""

from __future__ import annotations

from pipeline.frames import Frame, names_of, text_of
from pipeline.inspect import inspect_file
from pipeline.limits import Limits


def answer_inspect(request: Frame, limits: Limits | None = None) -> Frame:
    """Checks the file of a request, in the child.

    Raises:
        InputError: it is refused, see ``inspect_file``.
    """
    seen = inspect_file(request.parts[0], text_of(request.head, "suffix"), limits)
    return Frame(
        head={"media_type": seen.media_type, "page_count": seen.page_count, "flags": names_of(seen.flags)}
    )
