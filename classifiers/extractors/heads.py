"""The extractor of what official papers carry by layout: number, date, subject, signer.

By Decree 30/2020 the number stands under the agency, the date under the motto, the subject under the number
(letters) or under the title (decisions), the signer's name at the lower right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from classifiers.extractors.certification import certification_fields, certification_row
from classifiers.extractors.dating import place_date
from classifiers.extractors.found import field_of
from classifiers.extractors.numbering import document_numbers
from classifiers.extractors.serials import edge_serial, named_serial
from classifiers.extractors.signing import signers
from classifiers.extractors.subjects import subject
from classifiers.folding import key_of
from classifiers.layout import Sheet, sheet_of
from dossiers.reading import Classification, FieldValue, Source
from pipeline.ports import OcrEngine, ReadPage

#: Papers that citizens fill in, cards: no number of their own.
_UNNUMBERED: Final = frozenset(
    {"ct01", "ct02", "ct03", "to_khai_khai_sinh", "to_khai_le_phi_truoc_ba", "to_khai_thue_dat",
     "don_dang_ky_bien_dong",
     "ban_cam_doan", "giay_uy_quyen", "hop_dong_chuyen_quyen", "gcn_qsdd", "so_ho_khau", "bang_tot_nghiep",
     "gcn_dang_ky_doanh_nghiep", "gcn_dang_ky_hkd"}
)  # fmt: skip
_CARDS: Final = frozenset(
    {"cccd_front", "cccd_back", "can_cuoc_front", "can_cuoc_back", "cmnd", "ho_chieu", "giay_phep_lai_xe",
     "blank", "unknown"}
)  # fmt: skip
#: Signed by whom they are filled in by; ``signer_name`` is an official's.
_BY_CITIZENS: Final = ("to_khai_", "don_", "giay_de_nghi_")
#: Of these the signer of the agency is wanted though the number stands with a label.
_SIGNED: Final = frozenset(
    {
        "gcn_qsdd",
        "hop_dong_chuyen_quyen",
        "giay_uy_quyen",
        "gcn_dang_ky_doanh_nghiep",
        "gcn_dang_ky_hkd",
        "bang_tot_nghiep",
        "so_ho_khau",
    }
)
#: Signed by the parties too: an official signs below a line of authority only.
_BETWEEN_CITIZENS: Final = frozenset({"hop_dong_chuyen_quyen", "giay_uy_quyen"})
_SIGNED_CARDS: Final = frozenset({"cccd_back", "cmnd"})
_WITH_SUBJECT: Final = frozenset({"cong_van", "quyet_dinh", "van_ban_khac"})
#: What a page of a household book begins with that tells of one member; its day is that of the entry.
_ENTRY: Final = key_of("Quan hệ với chủ hộ")


class HeadExtractor:
    """Finds number, date, subject and signer of official papers."""

    name = "heads/1"

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns the values found; a number line without a number gives ``None``, never a guess."""
        source = Source.PDF_TEXT if page.source_is_pdf_text else Source.OCR
        if classification is not None and classification.type_id in _SIGNED_CARDS:
            # A card may lie anywhere on the glass.
            sheet = sheet_of(page.text)
            signed = signers(sheet, source, is_later_page=True)
            if classification.type_id != "cmnd":
                return tuple(signed)
            day = place_date(sheet, classification.type_id, source)
            return (*(() if day is None else (day,)), *_police(sheet, source), *signed)
        if classification is not None and classification.type_id == "can_cuoc_back":
            return _issuer(sheet_of(page.text), source)
        if classification is None or classification.type_id in _CARDS:
            return ()
        sheet = sheet_of(page.text)
        cut = certification_row(sheet)
        if cut is None:
            return tuple(_found(sheet, classification, source))
        below = sheet.beginning(cut)
        certified = certification_fields(below, source)
        certifiers = [replace(each, name="certifier_name") for each in signers(below, source)]
        return (*_found(sheet.until(cut), classification, source), *certified, *certifiers[-1:])


def make(engine: OcrEngine | None = None) -> HeadExtractor:
    """Makes the extractor; it needs no OCR engine."""
    del engine
    return HeadExtractor()


def _issuer(sheet: Sheet, source: Source) -> tuple[FieldValue, ...]:
    """The ministry that issues cards since 1-7-2024, printed on their back."""
    for row in sheet.rows:
        for segment in row.segments:
            if segment.key == key_of("Bộ Công an"):
                return (field_of("issuer", "Bộ Công an", segment.tokens, source),)
    return ()


def _police(sheet: Sheet, source: Source) -> tuple[FieldValue, ...]:
    """The office that issued an old identity card: ``GIÁM ĐỐC CÔNG AN TỈNH …`` on its back."""
    for row in sheet.rows:
        for segment in row.segments:
            if segment.key.startswith(key_of("Giám đốc Công an")):
                return (field_of("issuer", segment.text, segment.tokens, source),)
    return ()


def _found(sheet: Sheet, classification: Classification, source: Source) -> list[FieldValue]:
    type_id = classification.type_id
    if type_id == "so_ho_khau" and _ENTRY in sheet.key:
        return []  # day and signer of an entry are not those of the book
    values: list[FieldValue | None] = []
    if classification.is_first_page and type_id not in _UNNUMBERED and not type_id.startswith(_BY_CITIZENS):
        values += document_numbers(sheet, type_id, source)
    if classification.is_first_page and type_id in _WITH_SUBJECT:
        values.append(subject(sheet, type_id, source))
    if classification.is_first_page or type_id not in _WITH_SUBJECT:
        values.append(place_date(sheet, type_id, source))
    if type_id == "gcn_qsdd":
        values.append(edge_serial(sheet, source))
    if type_id == "hop_dong_chuyen_quyen":
        values.append(named_serial(sheet, source))
    if type_id not in _UNNUMBERED - _SIGNED and not type_id.startswith(_BY_CITIZENS):
        is_later_page = not classification.is_first_page
        needs_office = type_id in _BETWEEN_CITIZENS
        values += signers(sheet, source, needs_office=needs_office, is_later_page=is_later_page)
    return [value for value in values if value is not None]
