"""``sohoa national-double``: the reference server of the interface to national databases."""

from __future__ import annotations

from pathlib import Path

import click

from sohoa.cli.session import Session, pass_session
from storage.national.http import read_token
from storage.national.recordings import FILE, load_recordings
from storage.national.server import NationalServer


@click.command("national-double")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8807, show_default=True, help="Port; 0 takes any free one.")
@click.option("--recordings", type=click.Path(path_type=Path, exists=True), help="Answers (TOML).")
@click.option("--token-file", type=click.Path(path_type=Path), help="File with the token to ask for.")
@pass_session
def national_double(
    session: Session, host: str, port: int, recordings: Path | None, token_file: Path | None
) -> None:
    """Serves recorded answers of national databases, until Ctrl-C; its description is at /openapi.json.

    \b
    Example:
      sohoa national-double
      SOHOA_NATIONAL_URL=http://127.0.0.1:8807 sohoa checklist --procedure 1.004222 --citizen 003195500150
    """
    answers = load_recordings(recordings or session.settings.data_dir / FILE)
    try:
        server = NationalServer(host, port, answers, read_token(token_file))
    except OSError as cause:
        raise click.UsageError(f"cannot listen on {host}:{port}: {cause.strerror}") from cause
    with server:
        taken = f"http://{host}:{server.server_address[1]}"
        session.remark("national_listening", url=taken)
        server.serve_forever()
