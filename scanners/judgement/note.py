"""A judgement as text: kept beside its page in the spool."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from scanners.judgement.finding import Finding, PageJudgement
from scanners.separators.meaning import Meaning, Starts
from scanners.separators.verdict import NO_SEPARATOR, SheetFlag, SheetVerdict


def judgement_to_text(judgement: PageJudgement) -> str:
    """Writes a judgement as JSON."""
    return json.dumps(
        {
            "findings": [finding.value for finding in judgement.findings],
            "same_as": judgement.same_as,
            "streaks_mm": list(judgement.streaks_mm),
            "sheet": _sheet_cells(judgement.sheet),
        }
    )


def judgement_from_text(text: str) -> PageJudgement:
    """Reads what ``judgement_to_text`` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        cells = json.loads(text)
        return PageJudgement(
            findings=tuple(Finding(each) for each in cells["findings"]),
            same_as=cells["same_as"],
            streaks_mm=tuple(float(each) for each in cells["streaks_mm"]),
            sheet=_sheet(cells["sheet"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no judgement") from error


def kept_judgement(text: str | None) -> PageJudgement | None:
    """The judgement that was kept beside a page; ``None`` where there is none or power was lost over it."""
    try:
        return judgement_from_text(text) if text else None
    except ValueError:
        return None


def _sheet_cells(verdict: SheetVerdict) -> dict[str, object] | None:
    if verdict == NO_SEPARATOR:
        return None
    meaning = asdict(verdict.meaning) if verdict.meaning else None
    return {"meaning": meaning, "flag": verdict.flag, "value": verdict.value}


def _sheet(cells: dict[str, Any] | None) -> SheetVerdict:
    if cells is None:
        return NO_SEPARATOR
    told = cells["meaning"]
    meaning = Meaning(**{**told, "starts": Starts(told["starts"])}) if told else None
    flag = SheetFlag(cells["flag"]) if cells["flag"] else None
    return SheetVerdict(meaning=meaning, flag=flag, value=cells["value"])
