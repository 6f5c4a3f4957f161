"""A page whose type a clerk confirmed or corrected, kept for training until it is erased.

Rule: it holds numbers made of the page, never its text, and it is erased with its dossier or its person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingExample:
    """One page with its type.

    Attributes:
        page_id: the page; there is one example of a page at most.
        dossier_id: its dossier.
        type_id: the type that the clerk confirmed.
        features: the page in numbers, as the classifier wrote them; one line of JSON.
        confirmed_at: UTC.
    """

    page_id: str
    dossier_id: str
    type_id: str
    features: str
    confirmed_at: datetime
