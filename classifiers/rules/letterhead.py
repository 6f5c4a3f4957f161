"""The head of an official document: motto, number and symbol, subject (Decree 30/2020)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from classifiers.folding import fold, is_within
from classifiers.layout import Sheet
from classifiers.rules.book import RuleBook

#: The head ends at this share of the page height.
HEAD: Final = 0.45
_NUMBER_LINE: Final = re.compile(r"(?:^|\s)(?:luat |phap lenh |nghi quyet )?so\s?[:.;]?\s?\S*.*?/\s?\w{2,}")
_BARE_NUMBER_LINE: Final = re.compile(r"^(?:luat )?so\s?[:.;]")
_SUBJECT: Final = re.compile(r"^v\s?/\s?v\b|^ve viec\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What the head of the page shows; texts as read, empty where absent."""

    motto: str
    number: str
    subject: str
    addressee: str

    @property
    def is_decision_number(self) -> bool:
        """Whether the symbol is that of a decision (``12/QĐ-UBND``)."""
        return re.search(r"/\s?q[dđ]\b", fold(self.number)) is not None


def letterhead_of(sheet: Sheet, book: RuleBook) -> Letterhead:
    """Reads the head of a page."""
    motto = number = subject = addressee = ""
    for row in sheet.rows:
        if (row.box.top + row.box.bottom) / 2 > HEAD * sheet.height:
            break
        for segment in row.segments:
            text, folded = segment.text, fold(segment.text)
            if not motto and any(is_within(phrase.key, segment.key, 0.75) for phrase in book.motto):
                motto = text
            elif not number and (_BARE_NUMBER_LINE.match(folded) or _NUMBER_LINE.match(folded)):
                number = text
            elif not subject and _SUBJECT.match(folded):
                subject = text
            elif not addressee and folded.startswith(("kinh gui", "kinh gul", "kinh gti")):
                addressee = text
    return Letterhead(motto=motto, number=number, subject=subject, addressee=addressee)
