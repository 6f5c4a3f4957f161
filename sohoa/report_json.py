"""A dossier report as plain JSON values; the keys are stable, added to and never renamed."""

from __future__ import annotations

from dossiers.consistency import Remark
from dossiers.document import Document
from dossiers.reading import FieldValue
from dossiers.reading_json import Json
from dossiers.slot_explanation import Explanation
from sohoa.report import DossierReport, PageLine


def report_as_json(report: DossierReport) -> dict[str, Json]:
    """Returns the report as JSON values."""
    dossier = report.dossier
    return {
        "code": dossier.code,
        "procedure": dossier.procedure_code,
        "procedure_name": report.procedure_name,
        "title": dossier.title,
        "opened_at": dossier.opened_at.isoformat(),
        "state": dossier.state.value,
        "status": "PARTIAL" if report.is_partial else "SUCCESS",
        "slots": [
            {
                "key": slot.rule.key,
                "name": slot.rule.name,
                "policy": slot.rule.policy,
                "required": slot.rule.is_required,
                "pinned": slot.is_pinned,
                "document": report.document(slot.document_id).ordinal if slot.document_id else None,
            }
            for slot in report.slots
        ],
        "missing": [slot.rule.name for slot in report.missing],
        "explanations": [_explanation(report, each) for each in report.explanations],
        "remarks": [_remark(report, each) for each in report.remarks],
        "documents": [_document(report, document) for document in report.documents],
        "pages": [_page(report, line) for line in report.pages],
        "aside": [
            {
                "place": place,
                "file": line.file_name,
                "index": line.page.index,
                "original_sha256": line.page.original_key,
                "reason": line.reason,
                "flags": list(line.flags),
            }
            for place, line in enumerate(report.aside, start=1)
        ],
        "replaced": [
            {
                "number": line.page.number,
                "file": line.file_name,
                "original_sha256": line.page.original_key,
                "flags": list(line.flags),
            }
            for line in report.replaced
        ],
        "refused": [{"name": refusal.name, "code": refusal.code} for refusal in report.refusals],
    }


def _explanation(report: DossierReport, explanation: Explanation) -> Json:
    document_id = explanation.document_id
    return {
        "standing": explanation.standing.value,
        "slot": explanation.slot_key,
        "document": report.document(document_id).ordinal if document_id else None,
        "vi": explanation.vi,
        "en": explanation.en,
    }


def _remark(report: DossierReport, remark: Remark) -> Json:
    return {
        "kind": remark.kind.value,
        "places": [
            {
                "document": report.document(place.document_id).ordinal,
                "page": report.page_of(place),
                "field": place.value.name,
                "value": place.value.value,
            }
            for place in remark.places
        ],
    }


def _document(report: DossierReport, document: Document) -> Json:
    return {
        "ordinal": document.ordinal,
        "type": document.type_id,
        "confidence": round(document.confidence, 3),
        "evidence": document.evidence,
        "copy_kind": document.copy_kind.value,
        "pages": list(report.page_numbers(document)),
        "fields": [_field(value) for value in document.fields],
        "issues": list(document.issues),
        "state": document.state.value,
        "needs_clerk": document.needs_clerk,
        "pdf_sha256": document.pdf_key,
    }


def _field(value: FieldValue) -> Json:
    box = value.box
    return {
        "name": value.name,
        "value": value.value,
        "raw": value.raw,
        "confidence": round(value.confidence, 3),
        "source": value.source.value,
        "box": [box.left, box.top, box.right, box.bottom] if box else None,
        "checks": dict(value.checks),
        "alternatives": list(value.alternatives),
    }


def _page(report: DossierReport, line: PageLine) -> Json:
    owners = {page_id: each.ordinal for each in report.documents for page_id in each.page_ids}
    page: dict[str, Json] = {
        "number": line.page.number,
        "file": line.file_name,
        "index": line.page.index,
        "original_sha256": line.page.original_key,
        "state": line.page.state.value,
        "document": owners.get(line.page.page_id),
        "flags": list(line.flags),
    }
    if line.reading is not None:
        reading = line.reading
        page |= {
            "outcome": reading.outcome.value,
            "type": reading.classification.type_id,
            "rotated_degrees": reading.rotated_degrees,
            "skew_degrees": round(reading.skew_degrees, 2),
            "confidence": round(reading.confidence, 3),
            "has_seal": reading.has_seal,
            "issues": list(reading.issues),
            "doubts": [
                {
                    "text": doubt.text,
                    "alternatives": list(doubt.alternatives),
                    "box": [doubt.box.left, doubt.box.top, doubt.box.right, doubt.box.bottom],
                    "confidence": round(doubt.confidence, 3),
                }
                for doubt in reading.doubts
            ],
            "marks": [
                {
                    "kind": mark.kind.value,
                    "box": [mark.box.left, mark.box.top, mark.box.right, mark.box.bottom],
                    "confidence": round(mark.confidence, 3),
                    "text": mark.text,
                }
                for mark in reading.marks
            ],
            "engine": reading.engine,
            "seconds": round(reading.seconds, 2),
        }
    return page
