"""The machine-readable zone of Vietnamese cards (TD1, 3 x 30) and passports (TD3, 2 x 44).

Recognition confuses O and 0, I and 1, ``<`` and K, and gets runs of fillers wrong in length. Signs are mended
by what may stand in their place, and a value is accepted only when its check digit then holds. The name has
no check digit of its own, so it is accepted only beside accepted numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifiers.codes.mrz_number import NumberLine, settle_number
from classifiers.dates import calendar_day
from classifiers.person_number import birth_year_of, is_personal_number
from dossiers.codes.mrz_check import check_holds

#: What is read for the filler ``<``.
_FILLERS: Final = str.maketrans(dict.fromkeys("«‹≤€¢(≪〈﹤＜{", "<"))
#: Letters read where only a digit may stand.
_AS_DIGIT: Final = str.maketrans("OQDUILZJSBGAT", "0000112158647")
#: Digits read where only a letter may stand.
_AS_LETTER: Final = str.maketrans("01258", "OIZSB")
_DIGITISH: Final = "[0-9OQDUILZJSBGAT]"
_FILLERISH: Final = "[<KCLES]"
_SEX: Final = {"M": "Nam", "F": "Nữ"}

_TD1_FIRST: Final = re.compile(
    rf"[I1LT][DO0]?[<DO0]?VNM?[0-9A-Z]?({_DIGITISH}{{9}})({_DIGITISH})({_DIGITISH}{{12}}){_FILLERISH}{{1,3}}({_DIGITISH})$"
)
_SECOND: Final = re.compile(
    rf"({_DIGITISH}{{6}})({_DIGITISH})([MFNHPE])({_DIGITISH}{{6}}|<{{6}})({_DIGITISH}|<)"
)
_TD1_SECOND: Final = re.compile(_SECOND.pattern + rf"V[NHM]?[MN]?.*?({_DIGITISH})?$")
_TD3_SECOND: Final = re.compile(
    rf"([A-Z0-9<]{{9}})({_DIGITISH})V[NH][MN]({_DIGITISH}{{6}})({_DIGITISH})([MF<])({_DIGITISH}{{6}})({_DIGITISH})"
)
_TD3_FIRST: Final = re.compile(r"P[<A-Z]V?NM([A-Z<]{5,})")
_NAME: Final = re.compile(r"([A-Z]+(?:<[A-Z]+)*)<<([A-Z]+(?:<[A-Z]+)*)<<")
#: A "name" without a vowel is a run of misread fillers.
_NO_NAME: Final = re.compile(r"[KCLSX]+")
#: A syllable without a vowel that ends in T has lost its I.
_LOST_I: Final = re.compile(r"(?<=^[BCDGHKLMNPQRSTVX])T$|(?<=^[BCDGHKLMNPQRSTVX]{2})T$")
#: The first line of a zone has at least this many signs when some are lost.
_FULL_SIZE: Final = 24
#: Nobody whose card does not expire was born later.
LAST_BIRTH_YEAR: Final = 2000
#: The shortest validity of a passport or card: nobody's ends sooner after birth.
SHORTEST_VALIDITY_YEARS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineZone:
    """Values whose check digits hold.

    Attributes:
        personal_number: twelve digits; ``None`` where its check digits do not hold or a passport has none.
        passport_number: for a passport, else ``None``.
        birth_date: ``YYYY-MM-DD``.
        sex: ``Nam``, ``Nữ`` or ``None`` (not stated).
        expiry_date: ``YYYY-MM-DD``; ``None`` where the card does not expire.
        name: surname first, capitals without tones; ``None`` where the line is not legible.
        is_complete: whether every check digit of the zone held, the composite one included.
        lines: indexes of the lines used, in the input.
    """

    personal_number: str | None
    passport_number: str | None
    birth_date: str
    sex: str | None
    expiry_date: str | None
    name: str | None
    is_complete: bool
    lines: tuple[int, ...]


def clean_line(text: str) -> str:
    """Returns the signs of a line that can stand in a machine-readable zone."""
    bare = text.upper().translate(_FILLERS)
    return re.sub(r"[^A-Z0-9<]", "", bare)


def parse_zone(lines: Sequence[str]) -> MachineZone | None:
    """Finds and reads a zone among lines of a page; ``None`` where no check digits hold."""
    cleaned = [clean_line(line) for line in lines]
    for at, line in enumerate(cleaned):
        if len(line) < _FULL_SIZE:
            continue
        following = [(at + step, cleaned[at + step]) for step in (1, 2, 3) if at + step < len(cleaned)]
        zone = _card(at, line, following) or _passport(at, line, [(at - 1, cleaned[at - 1])] if at else [])
        if zone is not None:
            return zone
    return None


def _card(at: int, line: str, following: Sequence[tuple[int, str]]) -> MachineZone | None:
    first = _TD1_FIRST.search(line)
    if first is None:
        return None
    short, short_check, number, number_check = (_digits(part) for part in first.groups())
    for place, text in following:
        second = _TD1_SECOND.search(text)
        dates = _dates(second.groups()[:5], birth_year_of(number)) if second is not None else None
        if second is None or dates is None:
            continue
        read = NumberLine(
            short=short,
            short_check=short_check,
            number=number,
            number_check=number_check,
            dates=dates.composite,
            composite=_digits(second.group(6) or ""),
        )
        settled = settle_number(read, dates.birth_date, dates.sex)
        name_place, name = _name_after(place, following)
        return MachineZone(
            personal_number=settled,
            passport_number=None,
            birth_date=dates.birth_date,
            sex=dates.sex,
            expiry_date=dates.expiry_date,
            name=name,
            is_complete=settled is not None and read.with_number(settled).composite_holds,
            lines=(at, place, *name_place),
        )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dates:
    birth_date: str
    sex: str | None
    expiry_date: str | None
    composite: str


def _dates(parts: Sequence[str], birth_year: int | None) -> _Dates | None:
    """Reads birth, sex and expiry with their check digits; ``None`` where one does not hold."""
    birth, birth_check, sex, expiry, expiry_check = parts
    birth, birth_check = _digits(birth), _digits(birth_check)
    endless = set(expiry) == {"<"}
    if not endless:
        expiry, expiry_check = _digits(expiry), _digits(expiry_check)
    if not check_holds(birth, birth_check) or (not endless and not check_holds(expiry, expiry_check)):
        return None
    expiry_date = None if endless else _six(expiry, 2000)
    if not endless and expiry_date is None:
        return None
    birth_date = _birth(birth, birth_year, expiry_date)
    if birth_date is None:
        return None
    return _Dates(
        birth_date=birth_date,
        sex=_SEX.get(sex),
        expiry_date=expiry_date,
        composite=f"{birth}{birth_check}{expiry}{expiry_check}",
    )


def _birth(digits: str, year: int | None, expiry_date: str | None) -> str | None:
    """Places a two-digit birth year: the personal number tells the century, else the expiry does."""
    latest = int(expiry_date[:4]) if expiry_date is not None else LAST_BIRTH_YEAR
    if year is not None and year % 100 == int(digits[:2]) and year <= latest:
        return _six(digits, year // 100 * 100)
    recent = _six(digits, 2000)
    if recent is None or expiry_date is None:
        return None if expiry_date is None else _six(digits, 1900)
    is_recent = int(recent[:4]) + SHORTEST_VALIDITY_YEARS <= int(expiry_date[:4])
    return recent if is_recent else _six(digits, 1900)


def _six(digits: str, century: int) -> str | None:
    return calendar_day(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))


def _digits(text: str) -> str:
    return text.translate(_AS_DIGIT)


def _name_after(place: int, following: Sequence[tuple[int, str]]) -> tuple[tuple[int, ...], str | None]:
    for at, text in following:
        if at > place:
            name = parse_name(text)
            if name is not None:
                return (at,), name
    return (), None


def parse_name(line: str) -> str | None:
    """Reads ``SURNAME<<GIVEN<NAMES<<<``; ``None`` where the line does not have that shape."""
    match = _NAME.match(line.translate(_AS_LETTER) + "<<")
    if match is None:
        return None
    given = [part for part in match.group(2).split("<") if _NO_NAME.fullmatch(part) is None]
    parts = [_LOST_I.sub("I", part) for part in (*match.group(1).split("<"), *given)]
    return " ".join(parts) if given else None


def _passport(at: int, line: str, before: Sequence[tuple[int, str]]) -> MachineZone | None:
    match = _TD3_SECOND.search(line)
    if match is None:
        return None
    number, number_check = match.group(1), _digits(match.group(2))
    number = number[:1].translate(_AS_LETTER) + re.sub("[KC]$", "<", number[1:]).translate(_AS_DIGIT)
    dates = _dates(match.groups()[2:7], None)
    if not check_holds(number, number_check) or dates is None:
        return None
    guarded = f"{number}{number_check}{dates.composite}"
    personal, is_whole = _optional_number(line[match.end() :], guarded)
    name = None
    for _, text in before:
        first = _TD3_FIRST.search(text)
        name = parse_name(first.group(1)) if first else None
    return MachineZone(
        personal_number=personal,
        passport_number=number.replace("<", ""),
        birth_date=dates.birth_date,
        sex=dates.sex,
        expiry_date=dates.expiry_date,
        name=name,
        is_complete=name is not None and is_whole,
        lines=(*(place for place, _ in before), at),
    )


def _optional_number(rest: str, guarded: str) -> tuple[str | None, bool]:
    """Reads what follows the expiry in a passport: 14 signs of the state's choice and two check digits.

    Returns:
        The personal number where one stands there and a check digit bears it out, and whether the digit over
        the whole line holds.
    """
    field, check, composite = rest[:14], _digits(rest[14:15]), _digits(rest[15:16])
    personal = _digits(field[:12])
    is_number = is_personal_number(personal)
    signs = f"{personal}<<" if is_number else field
    is_whole = check_holds(f"{guarded}{signs}{rest[14:15] if check == '<' else check}", composite)
    is_borne_out = is_whole or check_holds(signs, check)
    return (personal if is_number and is_borne_out else None), is_whole
