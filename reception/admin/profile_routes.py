"""One scanning profile, made, changed or taken away by a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, URLEncodedBody

from dossiers.errors import ConfigurationError, InputError, RecordError, SohoaError, StaleVersion
from dossiers.permissions import Permission
from dossiers.steward import Steward
from dossiers.toml_named import named_tables, with_named, without_named
from reception.admin.file_ports import OfficeFile
from reception.admin.file_routes import office_steward
from reception.admin.ports import ProfileRow
from reception.admin.profile_form import profile_name, profile_values
from reception.admin.told import or_trouble, sentence
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest, Pages
from reception.services import DeskServices

_OFFICE: Final = {"permission": Permission.OFFICE_WRITE.value}
_FILE: Final = "profiles"
_BACK: Final = "/admin/scanners"


@get("/admin/profile", sync_to_thread=True, opt=_OFFICE)
def scan_profile(
    request: DeskRequest,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    name: Annotated[str, QueryParameter(max_length=100)] = "",
) -> Response[str]:
    """The form with a profile, or empty for a new one."""
    return _page(request, pages, desk, desk.files.read(_FILE), name, _as_typed(_known(desk, name)))


@post("/admin/profile", sync_to_thread=True, opt=_OFFICE, status_code=303)
def keep_scan_profile(
    request: DeskRequest,
    data: URLEncodedBody[dict[str, str]],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Keeps or takes away a profile; what is refused is shown as it was typed."""
    steward, file, old = office_steward(request, desk), desk.files.read(_FILE), data.get("old", "")
    try:
        if file.mark != data.get("mark", ""):
            raise StaleVersion(f"file {file.file_name}")
        desk.files.keep(_FILE, _changed(_own(file), old, data), file.mark, steward.name)
    except (ConfigurationError, InputError, StaleVersion) as refusal:
        return _page(request, pages, desk, file, old, data, refusal)
    return Response("", status_code=303, headers={"Location": f"{_BACK}?kept=1"})


def _own(file: OfficeFile) -> str:
    """The office's own profiles: they add to those that ship, or replace them by name."""
    return file.text if file.is_own else ""


def _changed(text: str, old: str, data: Mapping[str, str]) -> str:
    if data.get("do") == "remove":
        return without_named(text, old)
    name = old or profile_name(data.get("name", ""), named_tables(text))
    return with_named(text, name, profile_values(data))


def _known(desk: DeskServices, name: str) -> ProfileRow | None:
    if not name:
        return None
    for each in desk.administration.profiles():
        if each.name == name:
            return each
    raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such profile")


def _page(
    request: DeskRequest,
    pages: Pages,
    desk: DeskServices,
    file: OfficeFile,
    old: str,
    typed: Mapping[str, str],
    refusal: SohoaError | None = None,
) -> Response[str]:
    counters, _ = or_trouble(request, pages, desk.administration.counters)
    is_stale = isinstance(refusal, StaleVersion)
    context = {
        "tab": _BACK,
        "file": file,
        "old": old,
        "is_own": old in named_tables(_own(file)),
        "typed": typed,
        "refusal": sentence(request, pages, refusal) if refusal else "",
        "place": refusal.en.partition(": ")[2] if isinstance(refusal, ConfigurationError) else "",
        "is_stale": is_stale,
        "counters": sorted({each.name for each in counters.counters}) if counters else (),
        "may_keep": Steward.of(identity_of(request), Permission.OFFICE_WRITE).reaches(desk.agency),
    }
    status = 200 if refusal is None else 409 if is_stale else 400
    return pages.answer(request, "admin/profile.html", context, status=status)


def _as_typed(row: ProfileRow | None) -> dict[str, str]:
    """The fields of the form; a new profile begins as papers usually are scanned."""
    if row is None:
        return {"source": "feeder_duplex", "mode": "colour", "dpi": "300", "archive": "on"}
    flags = {"locked": row.is_locked, "archive": row.is_archive, "card": row.is_card}
    return {
        "vi": row.vi,
        "en": row.en,
        "source": row.source,
        "mode": row.mode,
        "dpi": str(row.dpi),
        "width_mm": f"{row.width_mm:g}",
        "height_mm": f"{row.height_mm:g}",
        "counters": ", ".join(row.counters),
        **{key: "on" for key, is_set in flags.items() if is_set},
    }
