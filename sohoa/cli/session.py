"""What every command is given: settings, words and a place to print."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console

from dossiers.errors import SohoaError
from sohoa.locale.messages import Messages
from sohoa.logs import log_to
from sohoa.settings import Settings

if TYPE_CHECKING:
    from sohoa.bootstrap import Application

#: Width of tables where the output is no terminal, characters.
PLAIN_WIDTH: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One run of the command line.

    Attributes:
        settings: the settings in force.
        messages: words in the language asked for.
        out: standard output: results only.
        err: standard error: progress, remarks and errors.
        verbose: whether the log tells everything.
    """

    settings: Settings
    messages: Messages
    out: Console
    err: Console
    verbose: bool

    def open(self) -> Application:
        """Wires the application and starts its log; use it in a ``with`` block."""
        from sohoa.bootstrap import bootstrap  # here: commands that open nothing need not wait for all parts

        application = bootstrap(self.settings)
        handler = log_to(self.settings.data_dir, verbose=self.verbose)
        application.closing.callback(_stop_logging, handler)
        return application

    def remark(self, key: str, **values: object) -> None:
        """Says something on standard error, plainly."""
        self.err.print(self.messages.say(key, **values), markup=False, highlight=False, soft_wrap=True)

    def print_json(self, value: object) -> None:
        """Writes plain JSON values to standard output, as they are and indented."""
        self.out.file.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def complain(self, error: SohoaError) -> None:
        """Tells an error in the language of the session, then in the other one."""
        own, other = (error.vi, error.en) if self.messages.language == "vi" else (error.en, error.vi)
        self.remark("error", code=error.code, text=own)
        self.err.print(f"  {other}", markup=False, highlight=False, soft_wrap=True)
        if error.hint:
            self.remark("error_hint", text=error.hint)


def console(*, stderr: bool) -> Console:
    """Makes a console: the terminal's own width, or ``PLAIN_WIDTH`` where there is none."""
    made = Console(stderr=stderr)
    return made if made.is_terminal else Console(stderr=stderr, width=PLAIN_WIDTH)


def log_file(settings: Settings) -> Path:
    """Where the log of the session is."""
    return settings.data_dir / "sohoa.log"


def _stop_logging(handler: logging.Handler) -> None:
    logging.getLogger().removeHandler(handler)
    handler.close()


#: Hands the session to a command.
pass_session = click.make_pass_decorator(Session)
