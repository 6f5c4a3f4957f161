"""``sohoa digitize``: paper becomes dossiers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4

import click

from dossiers.errors import InputError
from sohoa.cli.progress import ConsoleWatcher
from sohoa.cli.report_view import show_report, show_totals
from sohoa.cli.session import Session, pass_session
from sohoa.digitization import digitize as run_digitization
from sohoa.exporting import export_dossier
from sohoa.plan import PlannedDossier, Wish, plan_each, plan_one
from sohoa.report import DossierReport, report_on
from sohoa.report_json import report_as_json
from sohoa.settings import UNCONFIGURED_AGENCY

#: Exit code of a run in which some page could not be read.
PARTIAL: Final = 9


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--procedure", help="Procedure code (mã TTHC), for example 1.001193.")
@click.option("--citizen", help="Personal number of the dossier's owner.")
@click.option("--title", help="What people call the dossier.")
@click.option("--each", is_flag=True, help="Each folder inside PATHS is a dossier of its own.")
@click.option("--new", is_flag=True, help="Open a new dossier even if these paths were digitized before.")
@click.option("--export-to", type=click.Path(path_type=Path, file_okay=False), help="Export when done.")
@click.option("--no-read", is_flag=True, help="Leave reading to the workers of another command.")
@click.option("--brief", is_flag=True, help="Only the state of each dossier.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@pass_session
def digitize(
    session: Session,
    paths: tuple[Path, ...],
    procedure: str | None,
    citizen: str | None,
    title: str | None,
    each: bool,
    new: bool,
    export_to: Path | None,
    no_read: bool,
    brief: bool,
    as_json: bool,
) -> None:
    """Digitizes files and folders (PDF, TIFF, JPEG, PNG, mixed) into one dossier.

    Stop it at any time with Ctrl-C; the same command goes on where it stopped. A folder may hold a file
    dossier.toml with the keys procedure, citizen and title.

    \b
    Examples:
      sohoa digitize scans/ --procedure 1.001193
      sohoa digitize form.pdf card.jpg --procedure 1.004222 --citizen 003090123456
      sohoa digitize --each boxes/ --export-to out/
      sohoa digitize --no-read boxes/

    \b
    Exit codes: 0 done, 4 some file was refused (the others went on), 9 some page could not be read.
    """
    wish = Wish(procedure=procedure, citizen=citizen, title=title, new=uuid4().hex if new else "")
    agency = session.settings.agency
    plans = plan_each(paths, wish, agency) if each else (plan_one(paths, wish, agency),)
    started = time.monotonic()
    reports = _run(session, plans, export_to, reads=not no_read)
    wall_seconds = time.monotonic() - started
    if as_json:
        told = [report_as_json(report) for report in reports]
        session.print_json(told)
    else:
        for report in reports:
            show_report(session, report, brief=brief)
        show_totals(session, reports, wall_seconds)
    raise click.exceptions.Exit(_exit_code(reports))


def _run(
    session: Session, plans: Sequence[PlannedDossier], export_to: Path | None, *, reads: bool
) -> tuple[DossierReport, ...]:
    if session.settings.agency == UNCONFIGURED_AGENCY:
        session.remark("agency_unconfigured", agency=UNCONFIGURED_AGENCY)
    with session.open() as application:
        with ConsoleWatcher(session, application.catalogue) as watcher:
            dossiers = run_digitization(application, plans, watcher, reads=reads)
        reports = tuple(
            report_on(application.records, dossier.dossier_id, application.procedure_name(dossier))
            for dossier in dossiers
        )
        if export_to is not None:
            for report in reports:
                export_dossier(application, report, export_to)
            session.remark("exported_to", path=export_to)
        return reports


def _exit_code(reports: Sequence[DossierReport]) -> int:
    if any(report.refusals for report in reports):
        return InputError.exit_code
    return PARTIAL if any(report.is_partial for report in reports) else 0
