"""Keeps a list of procedures that was planned: the last step of every import."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dossiers.catalogue_import import ImportPlan
from dossiers.catalogue_layers import LayerNote, keep_layer
from dossiers.errors import InputCode, InputError
from sohoa.clock import utc_now


def refuse_bad(plan: ImportPlan) -> None:
    """Refuses a list with wrong rows or contradictions.

    Raises:
        InputError: BAD_LIST with the first of them.
    """
    if not plan.is_good:
        problem = plan.problems[0] if plan.problems else plan.contradictions[0]
        raise InputError(InputCode.BAD_LIST, str(problem))


def keep_plan(data_dir: Path, plan: ImportPlan, content: bytes, *, file_name: str, by: str) -> Path:
    """Keeps what was planned as a layer; returns its file.

    Args:
        data_dir: the data folder.
        plan: a plan that ``refuse_bad`` lets pass.
        content: the file as it came.
        file_name: its name.
        by: who imports it.

    Raises:
        ResourceError: CATALOGUE_NOT_KEPT.
    """
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256(content).hexdigest()
    note = LayerNote(file_name=file_name, sha256=digest, by=by, at=utc_now())
    return keep_layer(data_dir, plan.values, note)
