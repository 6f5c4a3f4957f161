"""``sohoa batch``: a stack of many dossiers, cut by separator sheets."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

import click

from dossiers.tasks import Priority
from sohoa.cli.batch_folder import run_folder
from sohoa.cli.scan import Changes, Target, open_device, open_if_there, plan_session, profile_of
from sohoa.cli.scan_flow import ScanFlow
from sohoa.cli.session import Session, pass_session
from sohoa.scanning import spool_of


@click.command()
@click.option("--device", help="Scanner, <driver>:<device>; sohoa scan --list shows them.")
@click.option("--profile", "profile_name", help="Scanning profile; it says what bought separators mean.")
@click.option("--procedure", help="Procedure of dossiers whose separators name none.")
@click.option("--title", help="What people call the dossiers.")
@click.option(
    "--declare-sheets", type=click.IntRange(1, 9999), help="Sheets that you counted, separators too."
)
@click.option("--resume", is_flag=True, help="Go on with a batch that was interrupted.")
@click.option("--session", "session_id", help="Which one, where several are open.")
@click.option("--folder", "folder_name", help="Take files from this hot folder instead of a scanner.")
@click.option("--watch", is_flag=True, help="With --folder: go on until Ctrl-C.")
@click.option("--no-ask", is_flag=True, help="Never wait for a key: end where a person must help.")
@click.option("--no-read", is_flag=True, help="Leave reading to the workers of another command.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@pass_session
def batch(
    session: Session,
    device: str | None,
    profile_name: str | None,
    procedure: str | None,
    title: str | None,
    declare_sheets: int | None,
    resume: bool,
    session_id: str | None,
    folder_name: str | None,
    watch: bool,
    no_ask: bool,
    no_read: bool,
    as_json: bool,
) -> None:
    """Scans a stack of dossiers with separator sheets between them, printed by sohoa separators or bought.

    Reading yields to the counter. Stop it at any time; --resume goes on with the sheet that it names. With
    --folder the files of a hot folder are taken, as hot-folders.toml in the data folder says of it; the same
    command goes on where it was stopped.

    \b
    Examples:
      sohoa batch --procedure 1.001193 --declare-sheets 200
      sohoa batch --resume
      sohoa batch --folder mot-cua --watch

    \b
    Exit codes: as of sohoa scan; 4 some file of the folder was refused (it lies there with its reason),
    5 a store is away or a file that is done cannot be moved (the same command goes on).
    """
    if folder_name is not None:
        if device or profile_name or procedure or title or declare_sheets or resume or session_id:
            raise click.UsageError("--folder goes with --watch, --no-read and --json only")
        raise click.exceptions.Exit(
            run_folder(session, folder_name, watches=watch, reads=not no_read, as_json=as_json)
        )
    if watch:
        raise click.UsageError("--watch needs --folder")
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
            target = Target(code=None, procedure=procedure, citizen=None, title=title, rescan=None)
            plan = plan_session(session, profile, Changes(), scanner, target, declare_sheets)
            plan = replace(plan, is_batch=True, priority=Priority.BATCH)
            flow.start(plan, scanner, spool_of(session.settings))
        raise click.exceptions.Exit(flow.tell(as_json=as_json))
