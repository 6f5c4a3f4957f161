"""``sohoa export``: dossiers as ordinary files."""

from __future__ import annotations

from pathlib import Path

import click

from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.exporting import export_dossier
from sohoa.report import report_on


@click.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False))
@pass_session
def export(session: Session, codes: tuple[str, ...], folder: Path) -> None:
    """Writes the dossiers with the CODES into folders: PDF/A, text, ALTO, originals, pictures of
    what was written by hand, and dossier.json.

    \b
    Example:
      sohoa export H29.119-250701-0001 --to out/
    """
    with session.open() as application:
        for code in codes:
            dossier = find_dossier(application.records, code)
            report = report_on(application.records, dossier.dossier_id, application.procedure_name(dossier))
            written = export_dossier(application, report, folder)
            session.out.print(str(written), markup=False, highlight=False, soft_wrap=True)
