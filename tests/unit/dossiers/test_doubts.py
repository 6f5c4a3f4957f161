"""What of a value is doubtful, and why."""

from __future__ import annotations

import pytest

from dossiers.doubts import DoubtKind, doubts_of, pieces_of, unsure_words
from dossiers.page_layout import PageLayout, PlacedWord
from dossiers.reading import Box, FieldValue, Source


def value(text: str | None, confidence: float = 0.95, **changes: object) -> FieldValue:
    values: dict[str, object] = {
        "name": "person_name",
        "raw": text or "",
        "value": text,
        "box": None,
        "confidence": confidence,
        "source": Source.OCR,
    }
    return FieldValue(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "disagrees", "doubts"),
    [
        (value("Hoà"), False, ()),
        (value("Hoà"), True, (DoubtKind.DISAGREES,)),
        (value("Hoà", 0.79), False, (DoubtKind.UNSURE,)),
        (value("Hoà", 0.5, source=Source.QR), False, ()),
        (value(None), False, (DoubtKind.EMPTY,)),
        (value("Nguyên", alternatives=("Nguyễn",)), False, (DoubtKind.TONES,)),
        (value("Hoa", alternatives=("Hoan",)), False, (DoubtKind.OTHERWISE,)),
        (value("Hoà", checks=(("length", False), ("x", True))), False, (DoubtKind.CHECK_FAILED,)),
    ],
)
def test_every_reason_has_a_name(field: FieldValue, disagrees: bool, doubts: tuple[DoubtKind, ...]) -> None:
    assert doubts_of(field, disagrees=disagrees) == doubts


@pytest.mark.parametrize(
    ("text", "others", "unsure", "marked"),
    [
        ("Nguyên Hoà", ("Nguyễn Hoà",), (), "Nguy[ê]n Hoà"),
        ("Nguyên Thị Mẫu", ("Nguyễn Thị Mẫu", "PHẠM THỊ LINH"), (), "Nguy[ê]n Thị Mẫu"),
        ("Hoa", ("Hoan",), (), "Hoa"),
        ("Hoan", ("Hoa",), (), "Hoa[n]"),
        ("Lê Văn Lê", (), ("Lê",), "[Lê] Văn [Lê]"),
        ("", ("x",), (), ""),
    ],
)
def test_letters_that_may_be_others_are_marked(
    text: str, others: tuple[str, ...], unsure: tuple[str, ...], marked: str
) -> None:
    pieces = pieces_of(text, others, unsure)
    assert "".join(f"[{each.text}]" if each.is_doubtful else each.text for each in pieces) == marked
    assert "".join(each.text for each in pieces) == text


def test_unsure_words_are_those_inside_the_box() -> None:
    def word(text: str, left: int, sure: float) -> PlacedWord:
        return PlacedWord(text=text, box=Box(left=left, top=0, right=left + 10, bottom=10), confidence=sure)

    line = (word("Lê", 0, 0.5), word("Văn", 20, 0.9), word("Tám", 100, 0.1))
    layout = PageLayout(width=200, height=50, lines=(line,))
    assert unsure_words(layout, Box(left=0, top=0, right=50, bottom=10)) == {"Lê"}
    assert not unsure_words(None, None)
