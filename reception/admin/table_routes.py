"""One agency, succession, signer or counter, made, changed or taken away by a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, URLEncodedBody

from dossiers.errors import ConfigurationError, InputError, RecordError, SohoaError, StaleVersion
from dossiers.permissions import Permission
from dossiers.steward import Steward
from dossiers.toml_tables import tables_in, with_table, without_table
from reception.admin.file_ports import OfficeFile
from reception.admin.file_routes import office_steward
from reception.admin.table_forms import FORMS, TableForm
from reception.admin.told import or_trouble, sentence
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest, Pages
from reception.services import DeskServices

_OFFICE: Final = {"permission": Permission.OFFICE_WRITE.value}


@get("/admin/tables/{table:str}", sync_to_thread=True, opt=_OFFICE)
def office_table(
    request: DeskRequest,
    table: FromPath[str],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    row: Annotated[int | None, QueryParameter(ge=0, le=9_999)] = None,
) -> Response[str]:
    """The form with a table of its kind, or empty for a new one."""
    form = _form(table)
    file = desk.files.read(form.file)
    tables = tables_in(file.text, form.name)
    if row is not None and row >= len(tables):
        raise _not_found()
    typed = _as_typed(tables[row]) if row is not None else {}
    return _page(request, pages, desk, form, file, row=row, typed=typed)


@post("/admin/tables/{table:str}", sync_to_thread=True, opt=_OFFICE, status_code=303)
def keep_office_table(
    request: DeskRequest,
    table: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Keeps or takes away a table and leads to its list; what is refused is shown as it was typed."""
    form, steward = _form(table), office_steward(request, desk)
    file = desk.files.read(form.file)
    row = int(data["row"]) if data.get("row", "").isdecimal() else None
    try:
        if file.mark != data.get("mark", ""):
            raise StaleVersion(f"file {file.file_name}")
        text = _changed(form, file.text, row, data)
        desk.files.keep(form.file, text, file.mark, steward.name)
    except (ConfigurationError, InputError, StaleVersion) as refusal:
        return _page(request, pages, desk, form, file, row=row, typed=data, refusal=refusal)
    return Response("", status_code=303, headers={"Location": f"{form.back}?kept=1"})


def _changed(form: TableForm, text: str, row: int | None, data: Mapping[str, str]) -> str:
    if data.get("do") == "remove":
        return without_table(text, form.name, -1 if row is None else row)
    place = len(tables_in(text, form.name)) if row is None else row
    return with_table(text, form.name, place, form.values(data))


def _page(
    request: DeskRequest,
    pages: Pages,
    desk: DeskServices,
    form: TableForm,
    file: OfficeFile,
    *,
    row: int | None,
    typed: Mapping[str, str],
    refusal: SohoaError | None = None,
) -> Response[str]:
    directory, _ = or_trouble(request, pages, desk.administration.agencies)
    profiles, _ = or_trouble(request, pages, desk.administration.profiles)
    known = {each.code: each.name for each in directory.agencies} if directory else {}
    is_stale = isinstance(refusal, StaleVersion)
    context = {
        "form": form,
        "tab": form.back,
        "file": file,
        "row": row,
        "typed": typed,
        "refusal": sentence(request, pages, refusal) if refusal else "",
        "place": refusal.en.partition(": ")[2] if isinstance(refusal, ConfigurationError) else "",
        "is_stale": is_stale,
        "agencies": {desk.agency: desk.agency_name} | known,
        "profiles": profiles or (),
        "may_keep": Steward.of(identity_of(request), Permission.OFFICE_WRITE).reaches(desk.agency),
    }
    status = 200 if refusal is None else 409 if is_stale else 400
    return pages.answer(request, "admin/table.html", context, status=status)


def _form(name: str) -> TableForm:
    if name not in FORMS:
        raise _not_found()
    return FORMS[name]


def _as_typed(table: Mapping[str, object]) -> dict[str, str]:
    return {key: value.isoformat() if isinstance(value, date) else str(value) for key, value in table.items()}


def _not_found() -> RecordError:
    return RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such table")
