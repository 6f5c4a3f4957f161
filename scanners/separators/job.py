"""The job of a sandboxed child that looks for the signs of a separator, and its answers as messages."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from dossiers.errors import EngineError
from pipeline.frames import Frame, number_of, text_of
from pipeline.limits import Limits
from pipeline.stages.decode import decode_page
from scanners.separators.recognition import CodeFinder, see_sheet
from scanners.separators.sight import SheetSight

#: Name of the job.
SEE_SHEET: Final = "see_sheet"


def sheet_request(content: bytes, index: int = 0) -> Frame:
    """Asks for the signs on the page with 0-based ``index``."""
    return Frame(head={"job": SEE_SHEET, "index": index}, parts=(content,))


def answer_sheet(request: Frame, find_codes: CodeFinder, limits: Limits) -> Frame:
    """Looks at a page, in the child.

    Raises:
        InputError: the page cannot be decoded.
    """
    image = decode_page(request.parts[0], number_of(request.head, "index"), limits).image
    return Frame(head={"sight": json.dumps(asdict(see_sheet(image, find_codes)))})


def sight_of(answer: Frame) -> SheetSight:
    """Reads an answer of the child, as strictly as a file.

    Raises:
        EngineError: BAD_OUTPUT.
    """
    try:
        told = json.loads(text_of(answer.head, "sight"))
        share, is_bare, has_patch_t = told["frame_share"], told["is_bare"], told["has_patch_t"]
        codes = tuple(told["codes"])
        flags_are_sound = isinstance(is_bare, bool) and isinstance(has_patch_t, bool)
        if not flags_are_sound or not all(isinstance(code, str) for code in codes):
            raise TypeError
        return SheetSight(frame_share=float(share), is_bare=is_bare, codes=codes, has_patch_t=has_patch_t)
    except (KeyError, TypeError, ValueError) as error:
        raise EngineError("BAD_OUTPUT", "the page process gave no sight of a sheet") from error
