"""``sohoa``: the group of commands, and the one place where errors become words and exit codes."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Final, NoReturn

import click

from dossiers.errors import SohoaError
from sohoa.cli.lazy_group import LazyGroup
from sohoa.cli.session import Session, console, log_file
from sohoa.counter_settings import at_counter
from sohoa.locale.messages import load_messages
from sohoa.settings import load_settings

#: Exit codes beside those of the errors.
INTERRUPTED: Final = 130
INTERNAL: Final = 70

#: Commands, each in the module of its name.
COMMANDS: Final = (
    "account",
    "assign",
    "backup",
    "batch",
    "checklist",
    "confirm",
    "counts",
    "desk",
    "digitize",
    "doctor",
    "dossier",
    "export",
    "find",
    "migrate-to",
    "national-double",
    "prepare-objects",
    "procedures",
    "queue",
    "read",
    "report",
    "restore",
    "reuse",
    "review",
    "scan",
    "scanners",
    "separators",
    "show",
    "take-back",
    "train",
    "vault",
    "verify",
    "worker",
)

_log = logging.getLogger(__name__)


@click.group(
    cls=LazyGroup,
    places={name: name.replace("-", "_") for name in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="sohoa")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where everything is kept.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="Settings file (TOML).")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language of messages; default vi.")
@click.option("--verbose", is_flag=True, help="Log everything.")
@click.pass_context
def sohoa(
    context: click.Context, data_dir: Path | None, config: Path | None, lang: str | None, verbose: bool
) -> None:
    """Sohoa digitizes paper dossiers (số hóa hồ sơ).

    \b
    Examples:
      sohoa digitize scans/ --procedure 1.001193
      sohoa find --procedure 1.001193
      sohoa find --words "nguyen thi hoa"
      sohoa read letter.jpg > letter.txt
    """
    settings = load_settings(
        file=config, environment=os.environ, overrides={"data_dir": data_dir, "language": lang}
    )
    context.obj = Session(
        settings=at_counter(settings),
        messages=load_messages(settings.language),
        out=console(stderr=False),
        err=console(stderr=True),
        verbose=verbose,
    )


def main() -> NoReturn:
    """Runs the command line and ends the process with the exit code of its outcome."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    context = None
    try:
        with sohoa.make_context("sohoa", sys.argv[1:]) as context:
            sohoa.invoke(context)
        code = 0
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    except click.ClickException as misuse:
        misuse.show()
        code = misuse.exit_code
    except (KeyboardInterrupt, click.Abort):
        _session(context).remark("interrupted")
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except SohoaError as error:
        code = _tell(_session(context), error)
    except Exception:  # noqa: BLE001 - the last handler: no trace reaches the user (S46)
        _log.exception("unforeseen error")
        session = _session(context)
        session.remark("unforeseen", log=log_file(session.settings))
        code = INTERNAL
    sys.stdout.flush()
    sys.exit(code)


def _tell(session: Session, error: SohoaError) -> int:
    if "--json" in sys.argv:
        told = {"error": {"code": error.code, "vi": error.vi, "en": error.en, "hint": error.hint}}
        click.echo(json.dumps(told, ensure_ascii=False))
    session.complain(error)
    return error.exit_code


def _session(context: click.Context | None) -> Session:
    if context is not None and isinstance(context.obj, Session):
        return context.obj
    settings = load_settings(file=None, environment={}, overrides={})
    return Session(
        settings=settings,
        messages=load_messages(settings.language),
        out=console(stderr=False),
        err=console(stderr=True),
        verbose=False,
    )
