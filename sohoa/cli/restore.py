"""``sohoa restore``: an office from its backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from sohoa.cli.session import Session, pass_session


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def restore(session: Session, folder: Path, as_json: bool) -> None:
    """Restores the backup in FOLDER to the data folder, database and object store of the settings,
    which must be empty. Every paper is checked against its hash. Put the key of the index of numbers
    in its place first: without it people are not found by their numbers.

    \b
    Example:
      sohoa --data-dir /srv/sohoa restore /mnt/backup/sohoa
    """
    from sohoa.backup import restore_backup  # here: it loads the parts that open stores
    from sohoa.cli.counted import counted

    with counted(session, "restore_copying") as tell:
        manifest = restore_backup(session.settings, folder, tell)
    if as_json:
        session.print_json(asdict(manifest))
        return
    objects = sum(manifest.objects.values())
    session.out.print(
        session.messages.say("restore_done", objects=objects, made_at=manifest.shown_moment), markup=False
    )
