"""The data of the office: agencies, calendar, scanning profiles, forms, as texts with a history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.errors import ConfigurationError, InputCode, InputError
from dossiers.permissions import Permission
from reception.admin.file_ports import OfficeFile
from reception.admin.file_routes import office_steward
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_OFFICE: Final = {"permission": Permission.OFFICE_WRITE}
#: A text of the largest size as JSON.
_MOST_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVersionView:
    """A version that was kept."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFileView:
    """A file: TOML; ``own`` is false where the shipped text is in force; ``mark`` is for a change."""

    name: str
    file_name: str
    text: str
    own: bool
    mark: str
    versions: list[FileVersionView]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeText:
    """A new text, and the mark of the one that it is based on."""

    text: str
    mark: str


@get("/office/files", opt=_OFFICE, sync_to_thread=True)
def office_files(desk: NamedDependency[DeskServices]) -> list[str]:
    """Lists the names of the files that may be changed."""
    return list(desk.files.names())


@get("/office/files/{name:str}", opt=_OFFICE, sync_to_thread=True)
def office_text(name: FromPath[str], desk: NamedDependency[DeskServices]) -> OfficeFileView:
    """Tells a file as it is in force, and who changed it when."""
    return _view(desk.files.read(name))


@put("/office/files/{name:str}", opt=_OFFICE, sync_to_thread=True, request_max_body_size=_MOST_BYTES)
def keep_office_text(
    request: DeskRequest,
    name: FromPath[str],
    data: JSONBody[OfficeText],
    desk: NamedDependency[DeskServices],
) -> OfficeFileView:
    """Puts a text in force; 409 where the file was changed since, 400 where it cannot be used."""
    steward = office_steward(request, desk)
    try:
        return _view(desk.files.keep(name, data.text, data.mark, steward.name))
    except ConfigurationError as trouble:  # what was sent is wrong, not the office's own set-up
        raise InputError(InputCode.BAD_VALUE, f"{trouble.code}: {trouble.en}") from trouble


def _view(file: OfficeFile) -> OfficeFileView:
    return OfficeFileView(
        name=file.name,
        file_name=file.file_name,
        text=file.text,
        own=file.is_own,
        mark=file.mark,
        versions=[FileVersionView(number=each.number, at=each.at, by=each.by) for each in file.versions],
    )
