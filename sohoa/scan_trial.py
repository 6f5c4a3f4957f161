"""A test scan: one page that is judged and goes nowhere."""

from __future__ import annotations

from contextlib import closing

from dossiers.errors import DeviceCode, DeviceError
from dossiers.scanner_use import ScannerUse
from scanners.driver import RawPage, Scanner
from scanners.judgement.finding import PageJudgement
from scanners.judgement.judge import FeederJudge
from scanners.settings import ScanSettings
from sohoa.bootstrap import Application
from sohoa.clock import utc_now
from sohoa.feeder_sandbox import feeder_sandbox


def try_page(
    scanner: Scanner, settings: ScanSettings, *, unsafe: bool = False
) -> tuple[RawPage, PageJudgement]:
    """Scans one page, judges it and forgets it; the device is told to stop after it.

    Args:
        scanner: the device.
        settings: how it scans.
        unsafe: the setting ``unsafe_sandbox``.

    Raises:
        DeviceError: no page came.
    """
    page = _first_page(scanner, settings)
    with closing(feeder_sandbox(unsafe=unsafe)) as child:
        return page, FeederJudge(child, settings.dpi).judge(page, 1)


def note_trial(
    application: Application | None, scanner: Scanner, profile: str, trouble: DeviceError | None
) -> None:
    """Notes a test scan among the uses of the device, where the centre is there."""
    if application is None:
        return
    use = ScannerUse(
        device=scanner.info.key,
        profile=profile,
        pages=0 if trouble else 1,
        trouble=trouble.code if trouble else "",
        ended_at=utc_now(),
    )
    with application.records.transaction() as work:
        work.scanner_uses.add(use)


def _first_page(scanner: Scanner, settings: ScanSettings) -> RawPage:
    for item in scanner.scan(settings):
        if isinstance(item, RawPage):
            scanner.cancel()
            return item
    raise DeviceError(DeviceCode.DRIVER_FAILED, "the device gave no page")
