"""Shows scanners and how they fare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.errors import DeviceCode, DeviceError, InputCode, InputError, SohoaError
from dossiers.local_time import VIETNAM
from dossiers.scanner_use import ScannerUse
from scanners.driver import DeviceInfo, RawPage
from scanners.health import DeviceHealth
from scanners.judgement.finding import PageJudgement
from scanners.settings import Capabilities
from sohoa.cli.scan_devices import abilities, device_json, own_words
from sohoa.cli.scan_view import ScanWatcher
from sohoa.cli.session import Session
from sohoa.hot_folder_health import FolderState

#: One device: which, what it can do or why it does not say, how it fares; of a hot folder, what lies in it.
Told = tuple[DeviceInfo, Capabilities | FolderState | DeviceError, DeviceHealth]


def print_devices(session: Session, told: Sequence[Told]) -> None:
    """One block a device."""
    if not told:
        session.remark("scan_no_devices")
    for info, can, health in told:
        _line(session, f"{info.label} ({info.key})" if info.label != info.device else info.key)
        if isinstance(can, DeviceError):
            _line(session, f"  {own_words(session, can)} ({can.code})")
        elif isinstance(can, FolderState):
            _line(session, f"  {_folder(session, can)}")
        else:
            for ability in abilities(session, can).splitlines():
                _line(session, f"  {ability}")
        _print_health(session, health)


def print_trial(
    session: Session, info: DeviceInfo, profile: str, page: RawPage, judgement: PageJudgement
) -> None:
    """What a test scan showed."""
    watcher = ScanWatcher(session)
    said = ", ".join(watcher.finding(each, judgement) for each in judgement.findings)
    found = said or session.messages.say("scan_good")
    size = f"{len(page.content) / 1000:.0f}"
    _line(
        session,
        session.messages.say("scanner_tested", device=info.label, profile=profile, size=size, found=found),
    )


def scanners_json(told: Sequence[Told]) -> list[dict[str, object]]:
    """The same as JSON."""
    return [{**_device_json(info, can), **_health_json(health)} for info, can, health in told]


def trial_json(info: DeviceInfo, profile: str, page: RawPage, judgement: PageJudgement) -> dict[str, object]:
    """A test scan as JSON."""
    return {
        "device": info.key,
        "profile": profile,
        "bytes": len(page.content),
        "dpi": page.dpi,
        "findings": [each.value for each in judgement.findings],
        "rescan": judgement.asks_for_rescan,
    }


def _device_json(info: DeviceInfo, can: Capabilities | FolderState | DeviceError) -> dict[str, object]:
    if isinstance(can, FolderState):
        return {"device": info.key, "label": info.label, "path": str(can.path), "waiting": can.waiting}
    return device_json(info, can)


def _folder(session: Session, state: FolderState) -> str:
    if state.waiting is None:
        return session.messages.say("scanner_folder_missing", path=state.path)
    return session.messages.say("scanner_folder", path=state.path, waiting=state.waiting)


def _print_health(session: Session, health: DeviceHealth) -> None:
    say = session.messages.say
    _line(session, "  " + say("scanner_today", pages=health.pages_today, runs=health.runs_today))
    good = health.good
    if good is not None:
        _line(session, "  " + say("scanner_good", profile=good.profile, when=_when(good.ended_at)))
    else:
        _line(session, "  " + say("scanner_no_good"))
    for use in health.errors:
        told = say(
            "scanner_error", when=_when(use.ended_at), profile=use.profile, text=_sentence(session, use)
        )
        _line(session, f"  {told}")


def _sentence(session: Session, use: ScannerUse) -> str:
    """What the code of a trouble says to people; the code itself where it is none of a device or a file."""
    error: SohoaError
    if use.trouble in list(DeviceCode):
        error = DeviceError(DeviceCode(use.trouble))
    elif use.trouble in list(InputCode):
        error = InputError(InputCode(use.trouble))
    else:
        return use.trouble
    return f"{own_words(session, error)} ({use.trouble})"


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m %H:%M}"


def _health_json(health: DeviceHealth) -> dict[str, object]:
    good = health.good
    return {
        "pages_today": health.pages_today,
        "runs_today": health.runs_today,
        "known_good_profile": good.profile if good else None,
        "known_good_at": good.ended_at.isoformat() if good else None,
        "last_errors": [
            {"code": use.trouble, "profile": use.profile, "at": use.ended_at.isoformat()}
            for use in health.errors
        ],
    }


def _line(session: Session, text: str) -> None:
    session.out.print(text, markup=False, highlight=False, soft_wrap=True)
