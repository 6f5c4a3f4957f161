"""The certification of a copy, printed or stamped below the text that was copied.

It has a number, a date and a signer of its own; they are not the paper's.
"""

from __future__ import annotations

from typing import Final

from classifiers.dates import all_dates
from classifiers.extractors.found import field_of
from classifiers.extractors.values import symbol
from classifiers.folding import is_within, key_of
from classifiers.layout import Sheet
from dossiers.reading import FieldValue, Source

_HEADINGS: Final = tuple(
    key_of(text)
    for text in ("chứng thực bản sao đúng với bản chính", "sao y bản chính", "bản sao đúng với bản chính")
)
#: A stamp ``SAO Y BẢN CHÍNH`` in this upper part says what the paper is; it certifies at the foot.
_HEAD: Final = 0.3
_NUMBER: Final = key_of("số chứng thực")


def certification_row(sheet: Sheet) -> int | None:
    """Returns the row in which a certification of copy begins; ``None`` where there is none."""
    for at, row in enumerate(sheet.rows):
        if row.box.top > _HEAD * sheet.height and any(
            is_within(heading, segment.key) for segment in row.segments for heading in _HEADINGS
        ):
            return at
    return None


def certification_fields(part: Sheet, source: Source) -> list[FieldValue]:
    """Reads number and date of a certification.

    Args:
        part: the page from the certification on.
        source: what the text was read from.
    """
    found: dict[str, FieldValue] = {}
    for row in part.rows:
        if "certification_number" not in found and row.key.startswith(_NUMBER):
            after = row.text.split(":", 1)[-1]
            found["certification_number"] = field_of(
                "certification_number", symbol(after.strip()), row.tokens, source
            )
        dates = all_dates(row.text)
        if "certification_date" not in found and dates and key_of("ngày") in row.key:
            found["certification_date"] = field_of("certification_date", dates[-1][0], row.tokens, source)
    return list(found.values())
