"""``sohoa scan``: from the feeder into a dossier."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import click

from dossiers.codes.personal_number import PersonalNumber
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import ResourceError
from dossiers.opening import Opening
from scanners.driver import Scanner
from scanners.profiles import Profile, choose_profile, load_profiles
from scanners.session import ScanSession
from scanners.settings import ColourMode, Source
from sohoa.bootstrap import Application
from sohoa.cli.lookup import find_dossier
from sohoa.cli.scan_devices import check_device, list_devices, list_profiles
from sohoa.cli.scan_flow import ScanFlow
from sohoa.cli.session import Session, pass_session
from sohoa.scanning import make_drivers, open_scanner, page_of, spool_of

#: What a dossier is called that nobody gave a title.
_TITLE: Final = "Hồ sơ quét tại quầy"


@click.command()
@click.option("--device", help="Scanner, <driver>:<device>; --list shows them.")
@click.option("--profile", "profile_name", help="Scanning profile; --profiles shows them.")
@click.option("--dossier", "code", help="Add to the dossier with this code.")
@click.option("--procedure", help="Open a dossier of this procedure, for example 1.001193.")
@click.option("--citizen", help="Personal number of the dossier's owner.")
@click.option("--title", help="What people call the dossier.")
@click.option("--declare-sheets", type=click.IntRange(1, 9999), help="Sheets that you counted.")
@click.option("--rescan", type=click.IntRange(1), help="Scan this page of --dossier anew, in its place.")
@click.option("--resume", is_flag=True, help="Go on with a session that was interrupted.")
@click.option("--session", "session_id", help="Which one, where several are open.")
@click.option("--dpi", type=click.IntRange(75, 1200), help="Another resolution, for this scan.")
@click.option("--mode", type=click.Choice([mode.value for mode in ColourMode]), help="Another colour mode.")
@click.option("--source", type=click.Choice([each.value for each in Source]), help="Another paper source.")
@click.option("--no-ask", is_flag=True, help="Never wait for a key: end where a person must help.")
@click.option("--no-read", is_flag=True, help="Leave reading to the workers of another command.")
@click.option("--list", "show_devices", is_flag=True, help="List the scanners and what they can do.")
@click.option("--profiles", "show_profiles", is_flag=True, help="List the scanning profiles.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@pass_session
def scan(
    session: Session,
    device: str | None,
    profile_name: str | None,
    code: str | None,
    procedure: str | None,
    citizen: str | None,
    title: str | None,
    declare_sheets: int | None,
    rescan: int | None,
    resume: bool,
    session_id: str | None,
    dpi: int | None,
    mode: str | None,
    source: str | None,
    no_ask: bool,
    no_read: bool,
    show_devices: bool,
    show_profiles: bool,
    as_json: bool,
) -> None:
    """Scans papers into a dossier, a new one or the one of --dossier.

    Every page is safe before the next sheet is fed, and judged meanwhile. Stop it at any time with Ctrl-C or
    by pulling the plug: --resume goes on with the sheet that it names. It works while the centre is away; the
    pages are handed on by the next scan or --resume.

    \b
    Examples:
      sohoa scan --list
      sohoa scan --procedure 1.001193 --declare-sheets 8
      sohoa scan --dossier H29.119-250701-0001 --rescan 3
      sohoa scan --resume

    \b
    Exit codes: 0 done, 6 the scanner needs a person (resume afterwards), 9 done, but the centre is away, the
    count of sheets differs or a page should be scanned anew.
    """
    if show_profiles:
        list_profiles(session, as_json=as_json)
    elif show_devices:
        list_devices(session, make_drivers(session.settings), as_json=as_json)
    else:
        other = Changes(
            dpi=dpi, mode=ColourMode(mode) if mode else None, source=Source(source) if source else None
        )
        target = Target(code=code, procedure=procedure, citizen=citizen, title=title, rescan=rescan)
        with ExitStack() as closing:
            application = open_if_there(session, closing)
            flow = ScanFlow(session, application, may_ask=not (no_ask or as_json), reads=not no_read)
            flow.send_waiting(spool_of(session.settings))
            if resume or session_id:
                flow.resume(session_id, lambda key: open_device(session, device or key))
            else:
                profile = profile_of(session, profile_name)
                scanner = open_device(session, device or session.settings.scanner)
                closing.callback(scanner.close)
                plan = plan_session(session, profile, other, scanner, target, declare_sheets)
                flow.start(_aimed(plan, application, target), scanner, spool_of(session.settings))
        raise click.exceptions.Exit(flow.tell(as_json=as_json))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is changed of the profile for one scan."""

    dpi: int | None = None
    mode: ColourMode | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the pages go."""

    code: str | None
    procedure: str | None
    citizen: str | None
    title: str | None
    rescan: int | None


def open_device(session: Session, key: str) -> Scanner:
    """Opens the device with a key; with no key the only one that is found."""
    return open_scanner(make_drivers(session.settings, key), key)


def open_if_there(session: Session, closing: ExitStack) -> Application | None:
    """Opens the centre; where it is away, scanning goes on without it."""
    try:
        return closing.enter_context(session.open())
    except ResourceError as trouble:
        session.complain(trouble)
        session.remark("scan_centre_away")
        return None


def profile_of(session: Session, name: str | None) -> Profile:
    """Returns the profile with a name, or the usual one of this counter."""
    profiles = load_profiles(session.settings.data_dir, session.settings.counter)
    return choose_profile(profiles, name or session.settings.scan_profile)


def plan_session(
    session: Session,
    profile: Profile,
    other: Changes,
    scanner: Scanner,
    target: Target,
    declared: int | None,
) -> ScanSession:
    """The session, checked against the device."""
    source = other.source
    if target.rescan is not None and source is None:
        source = Source.FEEDER  # one page is scanned anew from one side, whatever the profile scans
    asked = profile.changed(dpi=other.dpi, mode=other.mode, source=source)
    check_device(session, scanner, asked)
    session_id = uuid4().hex
    opening = Opening(
        agency=session.settings.agency,
        intake_key=f"scan:{session_id}",
        procedure_code=ProcedureCode.parse(target.procedure).number if target.procedure else None,
        citizen_number=PersonalNumber.parse(target.citizen).digits if target.citizen else None,
        title=target.title or _TITLE,
    )
    return ScanSession(
        session_id=session_id,
        device=scanner.info.key,
        profile=profile.name,
        settings=asked,
        opening=opening,
        dossier_code=target.code or "",
        declared_sheets=declared,
        is_card=profile.is_card,
    )


def _aimed(plan: ScanSession, application: Application | None, target: Target) -> ScanSession:
    """The session, once the dossier and the page to be replaced were found."""
    if target.rescan is None:
        if plan.dossier_code and application is not None:
            find_dossier(application.records, plan.dossier_code)
        return plan
    if not plan.dossier_code:
        raise click.UsageError("--rescan needs --dossier")
    if application is None:
        raise click.UsageError("--rescan needs the centre")
    return plan.replacing(page_of(application, plan.dossier_code, target.rescan).page_id)
