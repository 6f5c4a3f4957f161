"""Jobs of a sandboxed child that serve scanning: separators and the sides of cards.

The reader of codes lives among the classifiers and the finders of sheets among the scanners, which may not
know each other: they meet here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from classifiers.codes.search import read_codes
from pipeline.child import Handler
from pipeline.limits import Limits
from scanners.id_card.job import FIND_SIDES, answer_sides
from scanners.separators.job import SEE_SHEET, answer_sheet


def scan_jobs(limits: Limits | None = None) -> Mapping[str, Handler]:
    """Returns the jobs by name; bought sheets carry values of any length."""
    bounds = limits or Limits()
    find_codes = partial(read_codes, shortest_barcode=1)
    return {
        SEE_SHEET: lambda request: answer_sheet(request, find_codes, bounds),
        FIND_SIDES: lambda request: answer_sides(request, bounds),
    }
