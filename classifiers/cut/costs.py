"""What it costs to let a page open a document, or to let it continue the one before.

A cost is a difference of log likelihoods, rounded: 1 is a hint (about 3 to 1), 2 a good sign (7 to 1), 4 is
all but certain (50 to 1). Weights were chosen on training and development stacks (``benchmarks.stacks``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from classifiers.cut.cues import PageCues
from dossiers.document_types import UNKNOWN

#: Papers of one sheet: a page without a head after them is something else.
ONE_PAGE: Final = frozenset(
    {"giay_khai_sinh", "giay_khai_sinh_ban_sao", "trich_luc_khai_sinh", "giay_chung_sinh", "gcn_ket_hon",
     "xn_tinh_trang_hon_nhan", "trich_luc_khai_tu", "giay_bao_tu", "bang_tot_nghiep", "giay_phep_lai_xe"}
)  # fmt: skip
#: Later pages of these look alike; the first page decides which of them the document is.
OFFICIAL: Final = frozenset({"quyet_dinh", "cong_van", "van_ban_khac"})
CONTRACTS: Final = frozenset({"hop_dong_chuyen_quyen", "giay_uy_quyen"})

#: A page taken for a first page continues nothing, unless its number and text say so loudly.
FIRST_PAGE: Final = 3.5
#: The motto opens documents; annexes and later pages do not repeat it.
MOTTO: Final = 2.5
#: Another page number than the next one, 1 above all, belongs to another document.
OTHER_NUMBER: Final = 3.0
#: The next number; less where the document bore none so far: many a stranger is a page 2.
NEXT_NUMBER: Final = 3.0
SECOND_NUMBER: Final = 1.5
#: No number is read although the page before bears one: often it is merely lost.
LOST_NUMBER: Final = 0.5
#: Running text goes over the end of the page; it begins amid a sentence that does not stand before.
AMID: Final = 2.5
TORN: Final = 1.0
#: Articles or headings go on counting; articles begin with one that does not follow any before.
COUNTING: Final = 1.0
OTHER_ARTICLE: Final = 2.0
#: The head names the document that the page is attached to.
ENCLOSED: Final = 5.0
#: The document before has come to its end: recipients are listed, somebody signed.
ENDED: Final = 2.0
SIGNED: Final = 1.0
#: Later page of the same type; of a kindred type; unknown type; some other type (times its confidence).
SAME_TYPE: Final = 3.0
KINDRED_TYPE: Final = 1.5
OTHER_TYPE: Final = 3.5
#: A further page behind a paper that has one.
BEYOND_ONE_PAGE: Final = 2.5
#: Long numbers in common: no proof, because all papers of a dossier share people.
COMMON_NUMBERS: Final = 2.0
#: A page that does not look like a first page opens a document all the same.
HEADLESS: Final = 1.0
#: It bears a number above 1: pages before it must be missing.
PAGES_MISSING: Final = 1.5
#: The checklist expects its type: weak, a listed paper need not be there.
EXPECTED: Final = 0.5
#: An article that follows may be the next but one: the heading between was not read.
_ARTICLES_UNREAD: Final = 2


@dataclass(slots=True)
class OpenDocument:
    """A document while pages are being added to it.

    Attributes:
        number: page number of the last page, counted on where none is printed.
        has_number: whether any page bears one.
        article: number of the last article so far, 0 before the first.
        kinds: types seen on its pages so far, ``unknown`` left out.
        tokens: long numbers seen on its pages so far.
    """

    last: PageCues
    number: int
    has_number: bool
    article: int
    kinds: set[str]
    tokens: set[str]

    @classmethod
    def at(cls, page: PageCues) -> OpenDocument:
        """Opens a document with that page."""
        kinds, tokens = {page.type_id} - {UNKNOWN}, set(page.tokens - page.enclosed)
        return cls(page, page.number or 1, page.number is not None, page.closing[0], kinds, tokens)

    def add(self, page: PageCues) -> None:
        """Adds a page behind the others."""
        self.number = page.number or self.number + 1
        self.has_number |= page.number is not None
        self.article = page.closing[0] or self.article
        self.last = page
        self.kinds |= {page.type_id} - {UNKNOWN}
        self.tokens |= page.tokens - page.enclosed


def opening_cost(page: PageCues, expected: Collection[str]) -> float:
    """What it costs that the page opens a document; ``expected``: types that the checklist asks for."""
    cost = 0.0 if page.is_first or page.has_motto else HEADLESS
    if page.number is not None and page.number > 1:
        cost += PAGES_MISSING
    return cost - EXPECTED * (page.type_id in expected)


def joining_cost(page: PageCues, document: OpenDocument) -> float:
    """What it costs that the page continues the document; below zero where much speaks for it."""
    is_enclosed = bool(page.enclosed & document.tokens)
    cost = FIRST_PAGE * page.is_first * max(0.5, page.confidence) + MOTTO * page.has_motto
    cost -= ENCLOSED * is_enclosed
    cost += _number_cost(page, document) + _text_cost(page, document) + _type_cost(page, document)
    if not is_enclosed:
        cost += ENDED * document.last.has_end + SIGNED * document.last.is_signed
    return cost - COMMON_NUMBERS * bool(page.tokens & document.tokens)


def _number_cost(page: PageCues, document: OpenDocument) -> float:
    if page.number is None:
        return LOST_NUMBER * (document.last.number is not None)
    is_next = document.number < page.number <= document.number + 1 + page.unread
    if not is_next:
        return OTHER_NUMBER
    return -NEXT_NUMBER if document.has_number else -SECOND_NUMBER


def _text_cost(page: PageCues, document: OpenDocument) -> float:
    before, article = document.last, page.opening[0]
    cost = 0.0
    if page.begins_amid:
        cost = -AMID if before.ends_amid else TORN
    counts = zip(page.opening, before.closing, strict=True)
    if article > 1 and not 0 < article - document.article <= _ARTICLES_UNREAD:
        cost += OTHER_ARTICLE
    return cost - COUNTING * any(last and first == last + 1 for first, last in counts)


def _type_cost(page: PageCues, document: OpenDocument) -> float:
    kinds = document.kinds
    beyond = BEYOND_ONE_PAGE if kinds and kinds <= ONE_PAGE else 0.0
    if page.type_id == UNKNOWN:
        return beyond
    if not kinds:
        return 0.0
    if page.type_id in kinds - OFFICIAL:
        return beyond - SAME_TYPE * (not page.is_first)
    if any(page.type_id in group and kinds & group for group in (OFFICIAL, CONTRACTS)):
        return -KINDRED_TYPE * (not page.is_first)
    return OTHER_TYPE * page.confidence
