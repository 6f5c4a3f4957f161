"""QR codes and barcodes on a page, as values.

An identity card's QR code becomes the fields of its holder, the codes of dossiers and procedures become
fields of their own, and any other code is handed on as text. What a malformed card code holds is not: half
of it would be taken for the truth. A payload is data from outside; nothing in it is followed or obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.codes.card_payload import BARS_OF_A_CARD, CardPayload, parse_card_payload
from classifiers.codes.paper_payload import paper_values
from classifiers.codes.search import ReadCode, read_codes
from classifiers.folding import is_within, key_of
from classifiers.person_number import number_checks
from dossiers.reading import Classification, FieldValue, Source
from pipeline.ports import OcrEngine, ReadPage


class CodeReader:
    """Extractor of QR codes and barcodes."""

    name = "zxing/2"

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns the values of all codes on the page, from the top down; may be repeated."""
        del classification
        return tuple(value for code in read_codes(page.image) for value in _fields_of(code, page))


def make(engine: OcrEngine | None = None) -> CodeReader:
    """Makes the reader; it needs no OCR engine."""
    del engine
    return CodeReader()


def _fields_of(code: ReadCode, page: ReadPage) -> list[FieldValue]:
    payload = parse_card_payload(code.text) if code.is_qr else None
    if payload is not None:
        return _card_fields(payload, code, page)
    found = paper_values(code.text)
    if code.is_qr and code.text.count("|") >= BARS_OF_A_CARD and "dossier_code" not in dict(found):
        return []
    printed = "".join(page.text.text.upper().split())
    text = "qr_text" if code.is_qr else "barcode_text"
    return [
        _value(code, name, code.text, value, (("is_in_print", value.upper() in printed),))
        for name, value in found
    ] + [_value(code, text, code.text, code.text)]


def _value(
    code: ReadCode, name: str, raw: str, value: str | None, checks: tuple[tuple[str, bool], ...] = ()
) -> FieldValue:
    source = Source.QR if code.is_qr else Source.BARCODE
    return FieldValue(
        name=name, raw=raw, value=value, box=code.box, confidence=1.0, source=source, checks=checks
    )


def _card_fields(payload: CardPayload, code: ReadCode, page: ReadPage) -> list[FieldValue]:
    printed = page.text.text
    number = payload.personal_number
    in_print = ("is_in_print", number in "".join(sign for sign in printed if sign.isdigit()))
    name_in_print = ("is_in_print", is_within(key_of(payload.person_name), key_of(printed)))
    values: list[tuple[str, str | None, tuple[tuple[str, bool], ...]]] = [
        ("personal_number", number, (*number_checks(number, payload.birth_date, payload.sex), in_print)),
        ("old_number", payload.old_number, ()),
        ("person_name", payload.person_name, (name_in_print,)),
        ("birth_date", payload.birth_date, ()),
        ("sex", payload.sex, ()),
        ("residence", payload.residence or None, ()),
        ("issue_date", payload.issue_date, ()),
    ]
    return [
        _value(code, name, code.text.split("|")[place].strip(), value, checks)
        for place, (name, value, checks) in enumerate(values)
    ]
