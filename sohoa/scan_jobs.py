"""Jobs of a sandboxed child that serve scanning: separators, sides of cards, codes.

The reader of codes lives among the classifiers and the finders of sheets among the scanners, which may not
know each other: they meet here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from classifiers.codes.search import read_codes
from pipeline.child import Handler
from pipeline.frames import Frame
from pipeline.limits import Limits
from pipeline.stages.decode import decode_page
from scanners.id_card.job import FIND_SIDES, answer_sides
from scanners.separators.job import SEE_SHEET, answer_sheet
from sohoa.code_job import READ_CODES, codes_answer


def scan_jobs(limits: Limits | None = None) -> Mapping[str, Handler]:
    """Returns the jobs by name; bought sheets carry values of any length."""
    bounds = limits or Limits()
    find_codes = partial(read_codes, shortest_barcode=1)
    return {
        SEE_SHEET: lambda request: answer_sheet(request, find_codes, bounds),
        FIND_SIDES: lambda request: answer_sides(request, bounds),
        READ_CODES: lambda request: _answer_codes(request, bounds),
    }


def _answer_codes(request: Frame, limits: Limits) -> Frame:
    """Reads the QR codes of a page, in the child; barcodes are left out."""
    image = decode_page(request.parts[0], 0, limits).image
    return codes_answer([code.text for code in read_codes(image) if code.is_qr])
