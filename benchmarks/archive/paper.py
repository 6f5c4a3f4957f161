"""One page of an invented paper, and what was read on it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from benchmarks.archive.people import SYLLABLES, Phrase, phrase
from dossiers.reading import Box, Classification, FieldValue, Outcome, PageReading, Source
from storage.records.fields_codec import fields_to_text
from storage.records.reading_codec import reading_to_text

#: Types, and how many of a hundred papers are of each.
TYPES: Final = (
    ("giay_khai_sinh", "GIẤY KHAI SINH", 30),
    ("ct01", "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", 25),
    ("giay_chung_sinh", "GIẤY CHỨNG SINH", 20),
    ("gcn_ket_hon", "GIẤY CHỨNG NHẬN KẾT HÔN", 15),
    ("gcn_qsdd", "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT", 9),
    ("giay_bao_tu", "GIẤY BÁO TỬ", 1),
)
_DRAWN: Final = tuple(each for each in TYPES for _ in range(each[2]))
_HEADINGS: Final = {type_id: phrase(heading) for type_id, heading, _ in TYPES}
#: Passages of ordinary words.
_PASSAGES: Final = 4000
_NOTHING: Final = Phrase(text="", folded=(), toned=())
_NAME, _NUMBER, _TEXT = "@NAME@", "@NUMBER@", "@TEXT@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A page's words in three shapes; the last two with a blank between words."""

    type_id: str
    text: str
    folded: str
    toned: str


class PaperMill:
    """Makes pages; the ordinary words of a page are one of some thousand passages, drawn once."""

    def __init__(self, numbers: random.Random, words: int) -> None:
        self._numbers = numbers
        self._passages = [_joined(numbers.choices(SYLLABLES, k=words)) for _ in range(_PASSAGES)]

    def type_id(self) -> str:
        """A type, the frequent ones more often."""
        return self._numbers.choice(_DRAWN)[0]

    def paper(self, type_id: str, name: str, serial: int) -> Paper:
        """A heading, a name, ordinary words; every 50th paper bears a number that nothing else bears."""
        heading, who, rest = _HEADINGS[type_id], _name(name), self._numbers.choice(self._passages)
        own = phrase(f" số {serial}/QĐ-UBND") if serial % 50 == 0 else _NOTHING
        return Paper(
            type_id=type_id,
            text=f"{heading.text}\nHọ và tên: {who.text}\n{rest.text}{own.text}",
            folded=" ".join((*heading.folded, *who.folded, *rest.folded, *own.folded)),
            toned=" ".join((*heading.toned, *who.toned, *rest.toned, *own.toned)),
        )


def _joined(parts: list[Phrase]) -> Phrase:
    text = " ".join(each.text for each in parts)
    folded, toned = (
        " ".join(" ".join(words) for words in both)
        for both in zip(*((e.folded, e.toned) for e in parts), strict=True)
    )
    return Phrase(text=text, folded=(folded,), toned=(toned,))


@lru_cache(maxsize=1 << 14)
def _name(name: str) -> Phrase:
    return phrase(name)


def fields_text(name: str, number: str, *, is_doubtful: bool) -> str:
    """The fields of a paper as the records keep them."""
    return _FIELDS[is_doubtful].replace(_NAME, name).replace(_NUMBER, number)


def reading_text(paper: Paper, name: str, number: str) -> str:
    """The reading of a page as the records keep it."""
    made = _READINGS[paper.type_id].replace(_NAME, name).replace(_NUMBER, number)
    return made.replace(_TEXT, paper.text.replace("\n", "\\n"))


def _fields(alternatives: tuple[str, ...]) -> tuple[FieldValue, ...]:
    return (
        FieldValue(
            name="person_name",
            raw=_NAME,
            value=_NAME,
            box=Box(left=200, top=300, right=520, bottom=340),
            confidence=0.9,
            source=Source.OCR,
            alternatives=alternatives,
        ),
        FieldValue(
            name="birth_date",
            raw="01/02/1990",
            value="1990-02-01",
            box=Box(left=200, top=400, right=420, bottom=440),
            confidence=0.99,
            source=Source.OCR,
        ),
        FieldValue(
            name="personal_number", raw=_NUMBER, value=_NUMBER, box=None, confidence=1.0, source=Source.QR
        ),
    )


def reading_of(type_id: str, text: str, *, is_doubtful: bool = False) -> PageReading:
    """A reading as the page process makes it."""
    kind = Classification(type_id=type_id, confidence=0.9, evidence=text[:20], is_first_page=True)
    return PageReading(
        outcome=Outcome.READ,
        classification=kind,
        fields=_fields(("Nguyễn Văn A",) if is_doubtful else ()),
        text=text,
        page_number=None,
        rotated_degrees=0,
        skew_degrees=0.0,
        confidence=0.9,
        has_seal=False,
        issues=(),
        engine="none",
        pipeline_version="1",
        seconds=0.0,
    )


_FIELDS: Final = {True: fields_to_text(_fields(("Nguyễn Văn A",))), False: fields_to_text(_fields(()))}
_READINGS: Final = {each[0]: reading_to_text(reading_of(each[0], _TEXT)) for each in TYPES}
