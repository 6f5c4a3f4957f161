"""Figures as plain JSON values and back, for the records and for commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dossiers.rate import Rate
from dossiers.reports.figures import Figures, ProcedureRow, Waiting


def figures_to_json(figures: Figures) -> dict[str, object]:
    """Returns the figures as plain values; derived rates are not among them."""
    return asdict(figures)


def figures_from_json(kept: Mapping[str, Any]) -> Figures:
    """Returns the figures that ``figures_to_json`` wrote."""
    plain = dict(kept)
    plain["reuse_rate"] = Rate(**plain["reuse_rate"])
    plain["waiting"] = Waiting(**plain["waiting"])
    plain["procedures"] = tuple(ProcedureRow(**each) for each in plain["procedures"])
    return Figures(**plain)
