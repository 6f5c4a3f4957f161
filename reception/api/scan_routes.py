"""Scanners of this desk: started for a dossier, gone on with, ended. Pages arrive by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.permissions import Permission
from reception.api.dossier_routes import find_dossier
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.intake.ports import ScanStage
from reception.services import DeskServices

_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}
Text = Annotated[str, msgspec.Meta(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """A scanner: the key that chooses it, and its name."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScan:
    """``device``: empty for the usual one; ``replaces``: a page scanned anew; ``sheets``: as counted."""

    device: Text = ""
    replaces: Text = ""
    sheets: Annotated[int, msgspec.Meta(ge=1, le=9999)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanView:
    """How far a scan is; ``stopped`` needs a hand: put sheet ``put_back`` back, then go on.

    ``trouble`` is a stable code. ``waiting`` pages are safe on this machine until the office takes them.
    """

    stage: ScanStage
    device: str
    pages: int
    put_back: int
    trouble: str
    waiting: int
    difference: int


@get("/scanners", opt=_WRITE, sync_to_thread=True)
def devices(desk: NamedDependency[DeskServices]) -> list[DeviceView]:
    """Lists scanners that can be chosen, the usual one first."""
    return [DeviceView(key=each.key, label=each.label) for each in desk.scanning.devices()]


@get("/dossiers/{code:str}/scan", opt=_WRITE, sync_to_thread=True)
def scan_state(code: FromPath[str], desk: NamedDependency[DeskServices]) -> ScanView:
    """Tells how far the last scan into a dossier is."""
    return _state(desk, _code(desk, code))


@post("/dossiers/{code:str}/scans", opt=_WRITE, sync_to_thread=True, status_code=201)
def start_scan(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewScan],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[ScanView]:
    """Starts a scan and answers at once; 503 where the scanner is at work for another dossier."""
    identity, own = identity_of(request), _code(desk, code)

    def act() -> ScanView:
        by = identity.account.name
        desk.scanning.start(own, data.device, replaces=data.replaces, sheets=data.sheets, by=by)
        return _state(desk, own)

    return answer_once(desk, identity, idempotency_key, ["scan", own, data], act)


@post("/dossiers/{code:str}/scan/continue", opt=_WRITE, sync_to_thread=True, status_code=200)
def continue_scan(code: FromPath[str], desk: NamedDependency[DeskServices]) -> ScanView:
    """Goes on after a hand was lent; nothing happens where no scan waits."""
    own = _code(desk, code)
    desk.scanning.go_on(own)
    return _state(desk, own)


@post("/dossiers/{code:str}/scan/end", opt=_WRITE, sync_to_thread=True, status_code=200)
def end_scan(code: FromPath[str], desk: NamedDependency[DeskServices]) -> ScanView:
    """Stops a scan; what arrived stays."""
    own = _code(desk, code)
    desk.scanning.end(own)
    return _state(desk, own)


def _code(desk: DeskServices, code: str) -> str:
    with desk.records.transaction() as work:
        return find_dossier(work, code).code


def _state(desk: DeskServices, code: str) -> ScanView:
    state = desk.scanning.state(code)
    return ScanView(
        stage=state.stage,
        device=state.device,
        pages=state.pages,
        put_back=state.put_back,
        trouble=state.trouble.code if state.trouble else "",
        waiting=state.waiting,
        difference=state.difference,
    )
