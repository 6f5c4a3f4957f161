"""Values written by hand are not guessed."""

from __future__ import annotations

from dossiers.reading import Box, FieldValue, Mark, MarkKind, Source
from pipeline.handwritten import PRINTED, without_guesses

ZONE = Mark(
    kind=MarkKind.HANDWRITING, box=Box(left=300, top=95, right=700, bottom=140), confidence=0.85
)  # fmt: skip


def _field(value: str | None, box: Box, source: Source = Source.OCR) -> FieldValue:
    return FieldValue(
        name="name", raw=value or "", value=value, box=box, confidence=0.7, source=source,
        alternatives=("b",) if value else (),
    )  # fmt: skip


def test_what_was_guessed_from_handwriting_becomes_empty_with_its_zone() -> None:
    (found,) = without_guesses([_field("Trăn Uyẽn", Box(left=310, top=100, right=690, bottom=135))], [ZONE])
    assert (found.value, found.box, found.alternatives) == (None, ZONE.box, ())
    assert found.checks == ((PRINTED, False),)


def test_an_empty_field_gets_the_zone_behind_its_label() -> None:
    (found,) = without_guesses([_field(None, Box(left=100, top=100, right=280, bottom=130))], [ZONE])
    assert (found.value, found.box, found.checks) == (None, ZONE.box, ((PRINTED, False),))


def test_other_lines_printed_values_and_codes_stay_as_they_are() -> None:
    fields = [
        _field(None, Box(left=100, top=200, right=280, bottom=230)),
        _field("Trần Thử", Box(left=720, top=100, right=900, bottom=130)),
        _field("003", Box(left=310, top=100, right=690, bottom=135), Source.QR),
    ]
    assert without_guesses(fields, [ZONE]) == tuple(fields)
    signature = [Mark(kind=MarkKind.SIGNATURE, box=ZONE.box, confidence=0.9)]
    assert without_guesses([_field("A", ZONE.box)], signature) == (_field("A", ZONE.box),)
