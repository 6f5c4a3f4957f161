"""Papers to take away: attachments of a fixed type under a name of ours; nothing in them runs here.

Rule: originals go only to who may read them, and each is noted (S16, S17).
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from dossiers.document_types import BLANK
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from reception.frame.signed_in import signed_in
from reception.services import DeskServices

#: Types that originals have, and the ending of their names.
_ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/tiff": "tif",
    "image/jpeg": "jpg",
    "image/png": "png",
}
_SAFE: Final = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
_CHUNK: Final = 1 << 16
#: Bytes of an archive that are kept in memory before it goes to the disk.
_IN_MEMORY: Final = 8 << 20
_Asked = Request[Any, Any, State]


@get(
    "/search/dossier/{dossier_id:str}/original/{file_id:str}",
    sync_to_thread=True,
    opt={"permission": "original.read"},
)
def original(
    request: _Asked, desk: NamedDependency[DeskServices], dossier_id: FromPath[str], file_id: FromPath[str]
) -> Response[bytes]:
    """A file as it was received."""
    return taken_original(desk, dossier_id, file_id, signed_in(request).account_id)


def taken_original(desk: DeskServices, dossier_id: str, file_id: str, by: str) -> Response[bytes]:
    """A file as it was received, as an attachment; that an account took it is noted."""
    with desk.records.transaction() as work:
        dossier, files = work.dossiers.get(dossier_id), list(work.dossiers.files(dossier_id))
        number, file = next(
            ((number, each) for number, each in enumerate(files, 1) if each.file_id == file_id), (0, None)
        )
        if file is None:
            raise _nothing(file_id)
        work.events.append(
            Event(
                kind=EventKind.ORIGINAL_TAKEN,
                dossier_id=dossier_id,
                subject_id=file_id,
                at=desk.clock(),
                detail=by,
            )
        )
    ending = _ENDINGS.get(file.media_type, "bin")
    return _attachment(
        desk.originals.get(file.original_key), file.media_type, f"{dossier.code}-goc-{number:03}.{ending}"
    )


@get(
    "/search/dossier/{dossier_id:str}/paper/{document_id:str}",
    sync_to_thread=True,
    opt={"permission": "dossier.read"},
)
def paper(
    desk: NamedDependency[DeskServices], dossier_id: FromPath[str], document_id: FromPath[str]
) -> Response[bytes]:
    """A document as searchable PDF/A."""
    with desk.records.transaction() as work:
        dossier, document = work.dossiers.get(dossier_id), work.documents.get(document_id)
    if document.dossier_id != dossier_id or document.pdf_key is None:
        raise _nothing(document_id)
    name = f"{dossier.code}-{document.ordinal:02}.pdf"
    return _attachment(desk.derivatives.get(document.pdf_key), "application/pdf", name)


@get("/search/dossier/{dossier_id:str}/zip", sync_to_thread=True, opt={"permission": "dossier.read"})
def archive(request: _Asked, desk: NamedDependency[DeskServices], dossier_id: FromPath[str]) -> Stream:
    """All documents of a dossier with their text; originals too for who may read them."""
    person = signed_in(request)
    has_originals = person.may("original.read")
    return packed_dossier(desk, dossier_id, person.account_id, has_originals=has_originals)


def packed_dossier(desk: DeskServices, dossier_id: str, by: str, *, has_originals: bool) -> Stream:
    """All documents of a dossier with their text, and its originals; that an account took it is noted."""
    with desk.records.transaction() as work:
        dossier = work.dossiers.get(dossier_id)
        documents = [each for each in work.documents.of_dossier(dossier_id) if each.type_id != BLANK]
        files = work.dossiers.files(dossier_id) if has_originals else ()
        texts = {
            page.page_id: found[0].text
            for page in work.pages.of_dossier(dossier_id)
            if (found := work.pages.reading(page.page_id))
        }
        work.events.append(
            Event(
                kind=EventKind.DOSSIER_EXPORTED,
                dossier_id=dossier_id,
                subject_id=dossier_id,
                at=desk.clock(),
                detail=by,
            )
        )
    made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by the stream
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for document in documents:
            stem = f"{document.ordinal:02}-{document.type_id.replace('_', '-')}"
            if document.pdf_key is not None:
                packed.writestr(f"{stem}.pdf", desk.derivatives.get(document.pdf_key))
            packed.writestr(f"{stem}.txt", "\f".join(texts.get(each, "") for each in document.page_ids))
        for number, file in enumerate(files, 1):
            ending = _ENDINGS.get(file.media_type, "bin")
            packed.writestr(f"goc/{number:03}.{ending}", desk.originals.get(file.original_key))
    return Stream(_chunks(made), media_type="application/zip", headers=_headers(f"{dossier.code}.zip"))


def _chunks(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        made.seek(0)
        while part := made.read(_CHUNK):
            yield part


def _attachment(content: bytes, media_type: str, name: str) -> Response[bytes]:
    fixed = media_type if media_type in _ENDINGS else "application/octet-stream"
    return Response(content, media_type=fixed, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {**_SAFE, "Content-Disposition": f'attachment; filename="{name}"'}


def _nothing(subject: str) -> RecordError:
    return RecordError(
        "NOT_FOUND", vi="Không có tệp này trong hồ sơ.", en=f"the dossier has no file {subject}"
    )
