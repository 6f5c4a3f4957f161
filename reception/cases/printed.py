"""Forms that were printed, as answers."""

from __future__ import annotations

from litestar import Response

from dossiers.dossier import Dossier
from dossiers.errors import RecordError
from dossiers.events import EventKind
from reception.services import DeskServices


def printed_pdf(desk: DeskServices, dossier: Dossier, key: str) -> Response[bytes]:
    """A form that was printed about this dossier.

    Raises:
        RecordError: NOT_FOUND, none was printed under this key.
    """
    with desk.records.transaction() as work:
        events = work.events.of_dossier(dossier.dossier_id)
    if key not in {each.subject_id for each in events if each.kind is EventKind.FORM_PRINTED}:
        raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such form")
    return pdf_answer(desk.derivatives.get(key), dossier.code)


def pdf_answer(content: bytes, name: str) -> Response[bytes]:
    """A PDF that the browser shows itself; it runs nothing."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
    }
    return Response(content, media_type="application/pdf", headers=headers)
