"""``sohoa backup``: a second copy of the office in a folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from sohoa.cli.session import Session, pass_session


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--check", is_flag=True, help="Only read the whole backup that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def backup(session: Session, folder: Path, check: bool, as_json: bool) -> None:
    """Backs everything up to FOLDER while the office works: records, papers, the office's own types
    and models. A backup that is there is brought up to date: only new papers are copied. The key of
    the index of numbers is left out; keep it elsewhere.

    \b
    Examples:
      sohoa backup /mnt/backup/sohoa
      sohoa backup /mnt/backup/sohoa --check
    """
    from sohoa.backup import check_backup, make_backup  # here: it loads the parts that open stores
    from sohoa.cli.counted import counted

    if check:
        manifest = check_backup(folder)
    else:
        with counted(session, "backup_copying") as tell:
            manifest = make_backup(session.settings, folder, tell)
    if as_json:
        session.print_json(asdict(manifest))
        return
    key = "backup_whole" if check else "backup_made"
    objects = sum(manifest.objects.values())
    session.out.print(session.messages.say(key, objects=objects, made_at=manifest.shown_moment), markup=False)
    if not check:
        session.remark("backup_key_apart")
