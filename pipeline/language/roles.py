"""What may be repaired in a line: running words and known wording; names, codes and numbers never.

Names of people and places are written with capitals, as are titles and agencies. A capitalised word is open
to repair only where it begins running text or stands in wording that a closed vocabulary knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pipeline.language.marks import skeleton
from pipeline.language.syllable import canonical
from pipeline.language.tokens import parts
from pipeline.language.vocabulary import WORDING, Vocabulary, letters_of
from pipeline.text import Line

#: A phrase of so many words in capitals is a title even within a longer line; names are shorter.
_LONG_PHRASE: Final = 5
#: The same for a phrase with no further capitals beside it (``Cơ quan: VĂN PHÒNG CHÍNH PHỦ``).
_WHOLE_RUN: Final = 3
#: Words behind which a name stands, without marks: a capital after them begins no sentence.
_CUES: Final = frozenset((
    "ong", "ba", "anh", "chi", "em", "co", "chu", "ten", "ho", "dem", "toc", "me", "cha", "bo",
    "vo", "chong", "con", "chau", "nguoi", "xa", "phuong", "tinh", "huyen", "quan", "thon", "ap",
    "to", "ban", "khu", "duong", "pho", "thanh", "thi", "tran", "lang", "xom", "khom", "buon", "so",
    "tai", "o", "hieu", "danh",
))  # fmt: skip

#: Common family names: with a capital they are names even where running text begins.
_SURNAMES: Final = frozenset((
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô",
    "dương", "đinh", "trịnh", "đoàn", "mai", "trương", "lương", "đào", "tạ", "hà", "phùng", "quách", "triệu",
))  # fmt: skip
#: Words behind which the name of a unit or a person stands, whatever its first letter looks like.
_UNIT_KINDS: Final = frozenset(
    ("xa", "phuong", "tinh", "huyen", "quan", "thon", "ap", "ong", "ba", "vuc", "tai")
)


class Role(Enum):
    """What repair may do with a word."""

    FIXED = "fixed"  # numbers, codes, signs: left alone without a word
    RUNNING = "running"  # lower-case text
    OPENING = "opening"  # a capital that begins running text
    WORDING = "wording"  # part of a phrase of a closed vocabulary
    NAME = "name"  # capitalised otherwise: flagged at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One word of a line.

    Attributes:
        before: signs in front of the letters.
        core: its letters, empty where they are not one run.
        behind: signs behind the letters.
        role: what may be done with it.
        known: the word that a closed vocabulary has here, lower case; only for ``WORDING``.
    """

    before: str
    core: str
    behind: str
    role: Role
    known: str = ""


def slots(line: Line, vocabulary: Vocabulary, previous: Line | None = None) -> tuple[Slot, ...]:
    """Returns a slot for each word of the line.

    Args:
        line: what was read.
        vocabulary: the wording of papers.
        previous: the line before it in the same block, whose name may go on here.
    """
    pieces = [parts(word.text) for word in line.words]
    cores = [core for _, core, _ in pieces]
    goes_on = previous is not None and _ends_in_name(previous)
    known = _wording([word.text for word in line.words], cores, vocabulary)
    return tuple(
        Slot(
            before=before,
            core=core,
            behind=behind,
            role=Role.WORDING if at in known else _role(at, pieces, goes_on=goes_on and at == 0),
            known=known.get(at, ""),
        )
        for at, (before, core, behind) in enumerate(pieces)
    )


def _role(at: int, pieces: Sequence[tuple[str, str, str]], *, goes_on: bool) -> Role:
    core = pieces[at][1]
    if len(core) < 2:
        return Role.FIXED
    if core.islower():
        return Role.FIXED if _is_named(at, pieces) else Role.RUNNING
    if not (core[0].isupper() and core[1:].islower()):
        return Role.NAME
    if goes_on or canonical(core) in _SURNAMES:
        return Role.NAME
    return Role.OPENING if _opens(at, pieces) else Role.NAME


def _ends_in_name(line: Line) -> bool:
    """Whether a line ends with a capitalised word or what announces a name."""
    _, core, behind = parts(line.words[-1].text) if line.words else ("", "", "")
    return not behind and (core[:1].isupper() or skeleton(core) in _CUES)


def _is_named(at: int, pieces: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a word stands between the kind of a unit and a capital: ``xã la Dơk``, a misread capital."""
    if at == 0 or at + 1 == len(pieces):
        return False
    return skeleton(pieces[at - 1][1].lower()) in _UNIT_KINDS and pieces[at + 1][1][:1].isupper()


def _opens(at: int, pieces: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a capitalised word is followed by running text and does not stand behind a name or its cue."""
    if at + 1 >= len(pieces) or pieces[at][2] or not pieces[at + 1][1].islower() or pieces[at + 1][0]:
        return False
    if at == 0:
        return True
    before, core, behind = pieces[at - 1]
    if not core:
        return True
    if ":" in behind:
        return False
    return bool(behind) or bool(before) or (core.islower() and skeleton(core) not in _CUES)


def _wording(words: Sequence[str], cores: Sequence[str], vocabulary: Vocabulary) -> dict[int, str]:
    """Returns the words of known phrases by their place in the line."""
    found: dict[int, str] = {}
    start = 0
    while start < len(words):
        phrase = _phrase_at(words, cores, start, vocabulary)
        for offset, word in enumerate(phrase):
            if word:
                found[start + offset] = word
        start += max(1, len(phrase))
    return found


def _phrase_at(
    words: Sequence[str], cores: Sequence[str], start: int, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Returns the longest phrase that begins at a word: one entry a word, empty where it has no letters."""
    if not cores[start]:
        return ()
    # Signs that stand alone are words of the line but not of the phrase.
    longest = 2 * vocabulary.longest_from(cores[start])
    for end in range(min(len(words), start + longest), start + 1, -1):
        if not cores[end - 1]:
            continue
        official = _official(" ".join(words[start:end]), vocabulary)
        if official is None or not _same_capitals(
            words[start:end], official, is_all=_holds_all(cores, start, end)
        ):
            continue
        meant = _canonical_words(official)
        if len(meant) == sum(map(bool, cores[start:end])):
            letters = iter(meant)
            return tuple(next(letters) if core else "" for core in cores[start:end])
    return ()


def _holds_all(cores: Sequence[str], start: int, end: int) -> bool:
    """Whether a phrase in capitals is a whole line, or a whole run of capitals too long for most names."""
    if not any((*cores[:start], *cores[end:])) or end - start >= _LONG_PHRASE:
        return True
    beside = (*cores[max(0, start - 1) : start], *cores[end : end + 1])
    return end - start >= _WHOLE_RUN and not any(core.isupper() for core in beside)


def _official(text: str, vocabulary: Vocabulary) -> str | None:
    """Returns the one way to write a phrase with these letters; ``None`` where there is none or more."""
    entries = vocabulary.same_letters(text, WORDING)
    ways = {tuple(_canonical_words(entry.text)) for entry in entries}
    return (
        entries[0].text if len(ways) == 1 and len(next(iter(ways))) == len(letters_of(text).split()) else None
    )


def _canonical_words(phrase: str) -> list[str]:
    return [canonical(word) for word in _letter_runs(phrase)]


def _letter_runs(phrase: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in phrase).split()


def _same_capitals(words: Sequence[str], official: str, *, is_all: bool) -> bool:
    """Whether the capitals are those of the phrase, or the whole line is the phrase in capitals."""
    read, meant = _letter_runs(" ".join(words)), _letter_runs(official)
    if all(word.isupper() for word in read):
        return is_all
    if official.isupper():
        meant = [word.lower() for word in meant]
    read[0], meant[0] = read[0][0].lower() + read[0][1:], meant[0][0].lower() + meant[0][1:]
    return [_pattern(word) for word in read] == [_pattern(word) for word in meant]


def _pattern(word: str) -> tuple[bool, ...]:
    return tuple(sign.isupper() for sign in word)
