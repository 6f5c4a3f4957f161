"""Moments as people at the counter read them."""

from __future__ import annotations

from datetime import datetime

from dossiers.local_time import VIETNAM


def local(moment: datetime) -> str:
    """Hour and day in Viet Nam, ``09:05 28/11/2026``."""
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
