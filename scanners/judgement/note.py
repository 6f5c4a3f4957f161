"""A judgement as text: kept beside its page in the spool."""

from __future__ import annotations

import json

from scanners.judgement.finding import Finding, PageJudgement


def judgement_to_text(judgement: PageJudgement) -> str:
    """Writes a judgement as JSON."""
    return json.dumps(
        {
            "findings": [finding.value for finding in judgement.findings],
            "same_as": judgement.same_as,
            "streaks_mm": list(judgement.streaks_mm),
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
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no judgement") from error
