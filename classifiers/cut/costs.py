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
     "xn_tinh_trang_hon_nhan", "trich_luc_khai_tu", "giay_bao_tu", "bang_tot_nghiep"}
)  # fmt: skip
#: Later pages of these look alike; the first page decides which of them the document is.
OFFICIAL: Final = frozenset({"quyet_dinh", "cong_van", "van_ban_khac"})
CONTRACTS: Final = frozenset({"hop_dong_chuyen_quyen", "giay_uy_quyen"})

#: Cards with two sides that share a type.
TWO_SIDED: Final = frozenset({"cmnd", "giay_phep_lai_xe"})
#: Papers in a cover: what lies behind it begins with a title of its own.
BOOKLETS: Final = frozenset({"gcn_qsdd", "so_ho_khau", "hoc_ba", "ho_chieu", "bang_tot_nghiep"})

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
#: A further page behind a paper that has one, or a third side of a card.
BEYOND_ONE_PAGE: Final = 2.5
#: Long numbers in common: no proof, because all papers of a dossier share people.
COMMON_NUMBERS: Final = 2.0
#: A page that does not look like a first page opens a document all the same.
HEADLESS: Final = 1.0
#: It bears a number above 1: pages before it must be missing.
PAGES_MISSING: Final = 1.5
#: The checklist expects its type: weak, a listed paper need not be there.
EXPECTED: Final = 0.5
#: A cover or a picture continues nothing; it belongs to the booklet behind it, and to nothing else.
COVER: Final = 4.0
IN_COVER: Final = 2.5
NOT_IN_COVER: Final = 2.0
#: Paper of another size; paper of the same size, where that is not the size of nearly all.
OTHER_SIZE: Final = 2.0
SAME_ODD_SIZE: Final = 1.0
#: A page without a type behind a paper all of whose pages usually show theirs.
UNTYPED: Final = 1.0
#: A page that certainly is of no known type: later pages of known papers leave the classifier in doubt.
STRANGER: Final = 2.0
_CERTAIN: Final = 0.95
#: Sizes differ by so much of the larger one: less is how a sheet lay, and how it was cropped.
_SIZE_TOLERANCE: Final = 0.2
#: Longer sides of usual sheets, A4 with what a photo adds and takes, mm.
_USUAL_LENGTHS: Final = (275.0, 325.0)
#: An article that follows may be the next but one: the heading between was not read.
_ARTICLES_UNREAD: Final = 2


@dataclass(slots=True)
class OpenDocument:
    """A document while pages are being added to it.

    Attributes:
        pages: how many it has so far.
        number: page number of the last page, counted on where none is printed.
        has_number: whether any page bears one.
        article: number of the last article so far, 0 before the first.
        kinds: types seen on its pages so far, ``unknown`` left out.
        tokens: long numbers seen on its pages so far.
    """

    last: PageCues
    pages: int
    number: int
    has_number: bool
    article: int
    kinds: set[str]
    tokens: set[str]

    @classmethod
    def at(cls, page: PageCues) -> OpenDocument:
        """Opens a document with that page."""
        kinds, tokens = {page.type_id} - {UNKNOWN}, set(page.tokens - page.enclosed)
        return cls(page, 1, page.number or 1, page.number is not None, page.closing[0], kinds, tokens)

    def add(self, page: PageCues) -> None:
        """Adds a page behind the others."""
        self.pages += 1
        self.number = page.number or self.number + 1
        self.has_number |= page.number is not None
        self.article = page.closing[0] or self.article
        self.last = page
        self.kinds |= {page.type_id} - {UNKNOWN}
        self.tokens |= page.tokens - page.enclosed


def opening_cost(page: PageCues, expected: Collection[str]) -> float:
    """What it costs that the page opens a document; ``expected``: types that the checklist asks for."""
    cost = 0.0 if page.is_first or page.has_motto or page.is_cover else HEADLESS
    if page.number is not None and page.number > 1:
        cost += PAGES_MISSING
    return cost - EXPECTED * (page.type_id in expected)


def joining_cost(page: PageCues, document: OpenDocument) -> float:
    """What it costs that the page continues the document; below zero where much speaks for it."""
    cost = _size_cost(page, document.last) - COMMON_NUMBERS * bool(page.tokens & document.tokens)
    if document.last.is_cover:
        return cost + _behind_cover(page, document)
    is_enclosed = bool(page.enclosed & document.tokens)
    cost += FIRST_PAGE * page.is_first * max(0.5, page.confidence) + MOTTO * page.has_motto
    cost += COVER * page.is_cover - ENCLOSED * is_enclosed
    cost += _number_cost(page, document) + _text_cost(page, document) + _type_cost(page, document)
    if not is_enclosed:
        is_book = bool(document.kinds) and document.kinds <= BOOKLETS  # every entry in it is signed
        cost += ENDED * document.last.has_end + SIGNED * (document.last.is_signed and not is_book)
    return cost


def _behind_cover(page: PageCues, document: OpenDocument) -> float:
    """A title and the motto behind a cover are those of the booklet, if it can be one."""
    kinds = document.kinds or {page.type_id}
    if page.type_id in kinds & BOOKLETS:
        return -IN_COVER
    is_nameless = page.type_id == UNKNOWN and bool(kinds & BOOKLETS) and not page.has_motto
    return -IN_COVER if is_nameless else NOT_IN_COVER + FIRST_PAGE * page.is_first


def _size_cost(page: PageCues, before: PageCues) -> float:
    if page.size is None or before.size is None:
        return 0.0
    pairs = tuple(zip(page.size, before.size, strict=True))
    if any(abs(one - other) > _SIZE_TOLERANCE * max(one, other) for one, other in pairs):
        return OTHER_SIZE
    shortest, longest = _USUAL_LENGTHS
    return 0.0 if shortest <= page.size[1] <= longest else -SAME_ODD_SIZE


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
    is_full = bool(kinds) and (kinds <= ONE_PAGE or (kinds <= TWO_SIDED and document.pages > 1))
    beyond = BEYOND_ONE_PAGE * is_full
    if page.type_id == UNKNOWN:
        return beyond + _stranger_cost(page, kinds)
    if not kinds:
        return 0.0
    if page.type_id in kinds - OFFICIAL:
        return beyond - SAME_TYPE * (not page.is_first)
    if any(page.type_id in group and kinds & group for group in (OFFICIAL, CONTRACTS)):
        return -KINDRED_TYPE * (not page.is_first)
    return OTHER_TYPE * page.confidence


def _stranger_cost(page: PageCues, kinds: Collection[str]) -> float:
    """Later pages of official papers and contracts are running text: they often show no type."""
    is_running = not (OFFICIAL | CONTRACTS).isdisjoint(kinds)
    if page.confidence >= _CERTAIN:
        return STRANGER / 2 if is_running else STRANGER
    return UNTYPED * bool(kinds and not is_running)
