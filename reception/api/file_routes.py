"""Files of a dossier: small ones at once, large ones in pieces that can be resumed."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, RawBody

from dossiers.errors import InputError, RecordError
from dossiers.identity import Identity
from dossiers.intake import MAX_FILE_BYTES, RawFile
from dossiers.permissions import Permission
from dossiers.tasks import Priority
from reception.api.dossier_routes import find_dossier
from reception.api.once import IdempotencyKey, answer_once
from reception.api.ports import Upload
from reception.api.views import FileView, file_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

#: Largest file that is taken at once, and largest piece of a larger one, bytes.
MOST_AT_ONCE: Final = 20 * 1024**2
MOST_IN_A_PIECE: Final = 8 * 1024**2
_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}
Name = Annotated[
    FromQuery[str], QueryParameter(min_length=1, max_length=255, description="Name of the file.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A file that is going to arrive in pieces: its name, its size in bytes, its SHA-256 in hex."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    size: Annotated[int, msgspec.Meta(ge=1, le=MAX_FILE_BYTES)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """How far a file is: ``offset`` bytes have arrived. ``file`` is null until it is whole and received."""

    upload_id: str
    offset: int
    size: int
    begun_at: datetime
    file: FileView | None = None


@post(
    "/dossiers/{code:str}/files",
    opt={**_WRITE, "takes": "application/octet-stream"},
    sync_to_thread=True,
    status_code=201,
    request_max_body_size=MOST_AT_ONCE,
)
def add_file(
    request: DeskRequest,
    code: FromPath[str],
    name: Name,
    body: RawBody,
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[FileView]:
    """Receives a file (PDF, TIFF, JPEG or PNG up to 20 MiB) as the body of the request.

    The same bytes for one dossier are received once, whatever the key. When it answers, they are durable.
    """
    identity = identity_of(request)
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    asked = ["file", found.code, name, hashlib.sha256(body).hexdigest()]
    return answer_once(
        desk, identity, idempotency_key, asked, lambda: _receive(desk, found.dossier_id, name, body)
    )


@post("/dossiers/{code:str}/uploads", opt=_WRITE, sync_to_thread=True, status_code=201)
def begin_upload(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewUpload],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[UploadView]:
    """Begins a file of up to 200 MiB that arrives in pieces; pieces are put to ``/uploads/{upload_id}``."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    upload = Upload(
        upload_id=secrets.token_hex(10),
        account_id=identity.account.account_id,
        dossier_id=found.dossier_id,
        name=data.name,
        size=data.size,
        sha256=data.sha256,
        offset=0,
        begun_at=desk.clock(),
    )

    def act() -> UploadView:
        desk.uploads.begin(upload)
        return _upload_view(upload)

    return answer_once(desk, identity, idempotency_key, ["upload", found.code, data], act)


@get("/uploads/{upload_id:str}", opt=_WRITE, sync_to_thread=True)
def upload_state(
    request: DeskRequest, upload_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> UploadView:
    """Tells how many bytes have arrived: where to go on after an interruption."""
    return _upload_view(_own(desk, identity_of(request), upload_id))


@put(
    "/uploads/{upload_id:str}",
    opt={**_WRITE, "takes": "application/octet-stream"},
    sync_to_thread=True,
    status_code=200,
    request_max_body_size=MOST_IN_A_PIECE,
)
def put_piece(
    request: DeskRequest,
    upload_id: FromPath[str],
    body: RawBody,
    offset: Annotated[int, QueryParameter(ge=0, description="Bytes before this piece.")],
    desk: NamedDependency[DeskServices],
) -> UploadView:
    """Adds a piece of up to 8 MiB where the last one ended; with the last one the file is received.

    Where the connection broke, ask for the state and go on from its offset.
    """
    upload = _own(desk, identity_of(request), upload_id)
    is_whole_already = upload.offset == upload.size == offset and not body
    upload = upload if is_whole_already else desk.uploads.append(upload_id, offset, body)
    if upload.offset < upload.size:
        return _upload_view(upload)
    try:
        received = _receive(desk, upload.dossier_id, upload.name, desk.uploads.content(upload_id))
    except InputError:
        desk.uploads.drop(upload_id)  # refused for good; its bytes are in quarantine
        raise
    desk.uploads.drop(upload_id)
    return _upload_view(upload, received)


def _receive(desk: DeskServices, dossier_id: str, name: str, content: bytes) -> FileView:
    raw = RawFile(name=name, content=content, priority=Priority.BATCH)
    return file_view(desk.intake.receive_file(dossier_id, raw).file)


def _own(desk: DeskServices, identity: Identity, upload_id: str) -> Upload:
    """An upload of who asks; others' are not there."""
    found = desk.uploads.find(upload_id)
    if found is None or found.account_id != identity.account.account_id:
        raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such upload")
    with desk.records.transaction() as work:
        identity.dossier(work, found.dossier_id)
    return found


def _upload_view(upload: Upload, received: FileView | None = None) -> UploadView:
    return UploadView(
        upload_id=upload.upload_id,
        offset=upload.offset,
        size=upload.size,
        begun_at=upload.begun_at,
        file=received,
    )
