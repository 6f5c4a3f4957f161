"""Where the title of a page is, and what it says.

A title stands in the upper part, on a line of its own, in capitals or at least centred. The same words in
running text or in a list of enclosures are no title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from classifiers.folding import begins_like, is_within
from classifiers.layout import Segment, Sheet
from classifiers.rules.book import PaperRule, Phrase, RuleBook

#: Share of capitals among letters from which a line counts as set in capitals.
CAPITALS: Final = 0.7
#: How alike a heading and a title must be.
LEAST_LIKENESS: Final = 0.84
#: Lines of a title are not farther apart than this many heights of the line above.
_LINE_GAP: Final = 1.9
_LONGEST_TITLE_LINES: Final = 4
#: What is compared of a title beyond the length of a heading, so that its last word is seen as a whole.
_SPARE_LETTERS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """One line that may begin a title.

    Attributes:
        text: the line as read.
        joined_key: this line and those below that belong to it, in the form for matching.
        own_key: this line alone.
        place: height of its middle on the page, 0 top to 1 bottom.
        is_capital: whether it is set in capitals.
        is_centred: whether its middle is the middle of the page or of what is printed on it.
        is_continued: whether it goes on with a title that began above (``ĐƠN ĐỀ NGHỊ CẤP`` …).
    """

    text: str
    joined_key: str
    own_key: str
    place: float
    is_capital: bool
    is_centred: bool
    is_continued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a type found in a title line; strength 0 to 1."""

    type_id: str
    heading: Phrase
    line: TitleLine
    strength: float


@lru_cache(maxsize=4)
def title_lines(sheet: Sheet, book: RuleBook) -> tuple[TitleLine, ...]:
    """Lists the lines that may begin a title, from the top down; the motto is none.

    Kept, since rules and statistics both ask for those of a page.
    """
    segments = [segment for row in sheet.rows for segment in row.segments if _may_be_title(segment, book)]
    above: set[int] = set()
    lines = []
    for at, segment in enumerate(segments):
        chain = _chain(at, segments)
        if len(chain) > 1 and _is_capital(segment.text) and _opens(segment.key, book):
            above.update(chain[1:])
        lines.append(_line(at, segments, chain, sheet, is_continued=at in above))
    return tuple(lines)


def find_headings(lines: Sequence[TitleLine], rules: Sequence[PaperRule]) -> list[Heading]:
    """Finds headings among title lines, strongest first.

    Of headings that begin in the same line only the longest that fits is kept: a form *for* a permit is no
    permit.
    """
    found = []
    for line in lines:
        if line.is_continued or not (line.is_capital or line.is_centred):
            continue
        fitting = [heading for rule in rules for heading in _fit(line, rule)]
        if not fitting:
            continue
        found.append(max(fitting, key=lambda each: (len(each.heading.key) * each.strength, each.strength)))
    return sorted(found, key=lambda each: (-each.strength, each.line.place))


def has_other_word(heading: Phrase, found_key: str) -> bool:
    """Whether a title like a heading says another word in one place: KHAI TỬ for KHAI SINH.

    Recognition misreads some letters of a word; where none of a word's letters is left and others stand in
    its place, it is another title.
    """
    if found_key.startswith(heading.key):
        return False
    steps = Levenshtein.opcodes(heading.key, found_key[: len(heading.key) + _SPARE_LETTERS])
    start = 0
    for length in heading.words:
        end, kept, put = start + length, 0, 0
        for step in steps:
            shared = min(step.src_end, end) - max(step.src_start, start)
            if shared > 0:
                kept += shared if step.tag == "equal" else 0
                put += shared if step.tag == "replace" else 0
        start = end
        if length > 1 and not kept and put > 1:
            return True
    return False


def _may_be_title(segment: Segment, book: RuleBook) -> bool:
    key = segment.key
    if len(key) < 4:
        return False
    return not any(is_within(phrase.key, key, 0.8) for phrase in book.motto)


def _chain(at: int, segments: Sequence[Segment]) -> list[int]:
    """Indexes of this line and of the lines right below it, of like size and about the same middle."""
    chain = [at]
    for index in range(at + 1, len(segments)):
        last, here = segments[chain[-1]].box, segments[index].box
        height = last.bottom - last.top
        if here.top - last.bottom > _LINE_GAP * height or len(chain) == _LONGEST_TITLE_LINES:
            break
        is_below = here.top >= last.bottom - height // 2
        overlaps = min(last.right, here.right) - max(last.left, here.left) > 0
        if is_below and overlaps and 0.6 < (here.bottom - here.top) / max(1, height) < 1.7:
            chain.append(index)
    return chain


def _line(
    at: int, segments: Sequence[Segment], chain: Sequence[int], sheet: Sheet, *, is_continued: bool
) -> TitleLine:
    segment = segments[at]
    middle = (segment.box.left + segment.box.right) / 2
    centres = ((sheet.content.left + sheet.content.right) / 2, sheet.width / 2)
    return TitleLine(
        text=segment.text,
        joined_key="".join(segments[index].key for index in chain),
        own_key=segment.key,
        place=(segment.box.top + segment.box.bottom) / 2 / max(1, sheet.height),
        is_capital=_is_capital(segment.text),
        is_centred=min(abs(middle - centre) for centre in centres) < 0.06 * sheet.width,
        is_continued=is_continued,
    )


def _is_capital(text: str) -> bool:
    letters = len([sign for sign in text if sign.isalpha()])
    return bool(letters) and len([sign for sign in text if sign.isupper()]) >= CAPITALS * letters


def _opens(key: str, book: RuleBook) -> bool:
    return any(begins_like(phrase.key, key, 0.9) >= 0.9 for phrase in book.openers)


def _fit(line: TitleLine, rule: PaperRule) -> list[Heading]:
    if line.place > rule.zone:
        return []
    found = []
    for heading in rule.headings:
        is_whole = _is_whole(heading, line)
        needs_whole = rule.whole or len(heading.key) <= 6 or not line.is_capital
        if needs_whole and not is_whole:
            continue
        likeness = begins_like(heading.key, line.joined_key, LEAST_LIKENESS)
        if likeness < LEAST_LIKENESS or has_other_word(heading, line.joined_key):
            continue
        style = _style(line, is_whole=is_whole, likeness=likeness)
        if style > 0:
            strength = likeness * style
            found.append(Heading(type_id=rule.type_id, heading=heading, line=line, strength=strength))
    return found


def _style(line: TitleLine, *, is_whole: bool, likeness: float) -> float:
    """How much the line looks like a title: capitals count most, then the middle of the page."""
    if line.is_capital:
        return 1.0 if line.is_centred else 0.92
    if line.is_centred and is_whole and likeness > 0.92:
        return 0.8
    return 0.0


#: What may follow a title in its own line without making it another title.
_TAILS: Final = ("so", "no", "bansao", "trichsao")


def _is_whole(heading: Phrase, line: TitleLine) -> bool:
    """Whether the line holds nothing but the heading, a bracket or a number."""
    rest = len(line.own_key) - len(heading.key)
    if rest <= max(1, len(heading.key) // 7):
        return True
    tail = line.own_key[len(heading.key) :]
    return tail.startswith(_TAILS)
