"""``sohoa scanners``: the scanners of this counter, how they fare, and a test scan."""

from __future__ import annotations

from contextlib import ExitStack

import click

from dossiers.errors import DeviceError
from scanners.driver import DeviceInfo
from scanners.health import LOOKED_BACK, DeviceHealth, health_of
from scanners.profiles import Profile
from sohoa.bootstrap import Application
from sohoa.cli.scan import open_device, open_if_there, profile_of
from sohoa.cli.scan_devices import capabilities_of, check_device
from sohoa.cli.scanner_view import Told, print_devices, print_trial, scanners_json, trial_json
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now
from sohoa.hot_folder_health import folders_of
from sohoa.scan_trial import note_trial, try_page
from sohoa.scanning import devices_since, discover, make_drivers, uses_since


@click.command()
@click.argument("device", required=False)
@click.option("--test", "is_test", is_flag=True, help="Scan one page, judge it and throw it away.")
@click.option("--profile", "profile_name", help="Profile of the test scan; default: the last that worked.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@pass_session
def scanners(
    session: Session, device: str | None, is_test: bool, profile_name: str | None, as_json: bool
) -> None:
    """Shows the scanners: what they can do, pages today, last errors, the profile that is known to work.

    DEVICE, <driver>:<device>, is one of them; without it all are shown that are found now or were used in
    the last 30 days, and the hot folders of this office.

    \b
    Examples:
      sohoa scanners
      sohoa scanners sane:fujitsu:fi-7160:12345
      sohoa scanners folder:mot-cua
      sohoa scanners --test
      sohoa scanners "simulated:samples/data/01-dang-ky-khai-sinh" --test --profile flatbed-300

    \b
    Exit codes: 0 done, 6 the scanner does not answer, or the test scan failed, 9 the page of the test scan
    is not good.
    """
    with ExitStack() as closing:
        application = open_if_there(session, closing)
        if is_test:
            raise click.exceptions.Exit(
                _try(session, application, device or "", profile_name, as_json=as_json)
            )
        told = _told(session, application, device)
    if as_json:
        session.print_json(scanners_json(told))
    else:
        print_devices(session, told)
    alone = told[0][1] if device and told else None
    raise click.exceptions.Exit(alone.exit_code if isinstance(alone, DeviceError) else 0)


def _told(session: Session, application: Application | None, device: str | None) -> list[Told]:
    folders: list[Told] = [
        (info, state, _health(application, info.key))
        for info, state in folders_of(session.settings.data_dir, device or "")
    ]
    if device and folders:
        return folders
    drivers = make_drivers(session.settings, device or "")
    found = (_named(device),) if device else discover(drivers)
    used = devices_since(application, utc_now() - LOOKED_BACK) if application and not device else ()
    known = {info.key for info in found}
    others = tuple(_named(key) for key in used if key not in known and key.partition(":")[0] in drivers)
    devices: list[Told] = [
        (info, capabilities_of(drivers, info), _health(application, info.key)) for info in (*found, *others)
    ]
    return [*devices, *folders]


def _try(
    session: Session, application: Application | None, device: str, profile_name: str | None, *, as_json: bool
) -> int:
    scanner = open_device(session, device or session.settings.scanner)
    try:
        profile = _trial_profile(session, application, scanner.info.key, profile_name)
        check_device(session, scanner, profile.settings)
        try:
            page, judgement = try_page(scanner, profile.settings, unsafe=session.settings.unsafe_sandbox)
        except DeviceError as trouble:
            note_trial(application, scanner, profile.name, trouble)
            raise
        note_trial(application, scanner, profile.name, None)
    finally:
        scanner.close()
    if as_json:
        session.print_json(trial_json(scanner.info, profile.name, page, judgement))
    else:
        print_trial(session, scanner.info, profile.name, page, judgement)
    return 9 if judgement.asks_for_rescan else 0


def _trial_profile(
    session: Session, application: Application | None, device: str, name: str | None
) -> Profile:
    good = _health(application, device).good
    return profile_of(session, name or (good.profile if good else None))


def _health(application: Application | None, device: str) -> DeviceHealth:
    now = utc_now()
    uses = uses_since(application, device, now - LOOKED_BACK) if application else ()
    return health_of(uses, now)


def _named(key: str) -> DeviceInfo:
    driver, _, device = key.partition(":")
    return DeviceInfo(driver=driver, device=device, label=device)
