"""A clerk's half-done confirmation of a document: kept while the clerk is away, taken up by anybody later.

Rules: one clerk at a time holds a document, for ten minutes from the last key; an idle document goes back to
the queue with what was typed. A draft is no confirmation: nothing of it is ever offered for reuse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from dossiers.errors import RecordError

#: How long a document stays with a clerk who types nothing.
IDLE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """What was typed for one document so far.

    Attributes:
        document_id: the document.
        clerk: who holds it, or held it last.
        held_until: UTC; from then on anybody may take it.
        type_id: the type chosen; empty for the proposed one.
        copy_kind: the kind chosen; empty for the proposed one.
        edits: field key and text as typed, in the order of typing; only what was changed.
        looked_at: keys of fields that the clerk has looked at and left as they are.
        first_check: the first person's name where the procedure demands two; empty before.
        version: counts saves.
    """

    document_id: str
    clerk: str
    held_until: datetime
    type_id: str = ""
    copy_kind: str = ""
    edits: tuple[tuple[str, str], ...] = ()
    looked_at: tuple[str, ...] = ()
    first_check: str = ""
    version: int = 0

    def is_held(self, now: datetime) -> bool:
        """Whether somebody holds the document."""
        return now < self.held_until

    def taken(self, clerk: str, now: datetime) -> ReviewDraft:
        """Returns the draft in the hands of a clerk.

        Raises:
            RecordError: ``REVIEW_HELD``, another clerk holds it; ``SAME_PERSON``, the clerk checked first.
        """
        if self.clerk != clerk and self.is_held(now):
            raise RecordError(
                "REVIEW_HELD",
                vi="Cán bộ khác đang xác nhận giấy tờ này; hãy chọn giấy tờ khác hoặc đợi ít phút.",
                en="another clerk is confirming this document",
            )
        if self.first_check == clerk:
            raise same_person()
        return replace(self, clerk=clerk, held_until=now + IDLE)

    def typed(self, name: str, text: str, now: datetime) -> ReviewDraft:
        """Returns the draft with one field typed, held anew."""
        kept = tuple(each for each in self.edits if each[0] != name)
        return replace(self, edits=(*kept, (name, text)), held_until=now + IDLE)

    def seen(self, name: str, now: datetime) -> ReviewDraft:
        """Returns the draft with one field looked at and left as it is, held anew."""
        edits = tuple(each for each in self.edits if each[0] != name)
        looked_at = tuple(dict.fromkeys((*self.looked_at, name)))
        return replace(self, edits=edits, looked_at=looked_at, held_until=now + IDLE)

    def released(self, now: datetime) -> ReviewDraft:
        """Returns the draft back in the queue with what was typed."""
        return replace(self, held_until=now)

    def checked_first(self, now: datetime) -> ReviewDraft:
        """Returns the draft after the first of two people, back in the queue for the second."""
        return replace(self, first_check=self.clerk, held_until=now, looked_at=())


def same_person() -> RecordError:
    """The error for the second check by the person who did the first."""
    return RecordError(
        "SAME_PERSON",
        vi="Thủ tục này cần người thứ hai kiểm tra; người đã kiểm tra lần đầu không được tự kiểm tra lại.",
        en="the second check is for another person than the first",
    )
