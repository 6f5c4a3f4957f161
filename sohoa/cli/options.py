"""Options that several commands share: who is meant, and who acts."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import Any

import click

from dossiers.citizens import HolderNumber

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def citizen(*names: str, is_required: bool = True, help: str = "") -> _Decorator:
    """A number of a person or organisation; ``-`` reads it from standard input, past the shell's history."""
    told = help or "Personal number, passport or tax code; - reads it from standard input."
    return click.option(*(names or ("--citizen",)), required=is_required, callback=_number, help=told)


def clerk(*, is_required: bool = True) -> _Decorator:
    """Who acts; for mere look-ups the account of this computer where nobody is named."""
    return click.option(
        "--by",
        "clerk",
        required=is_required,
        default=None if is_required else _account,
        help="Name of the clerk; it is recorded.",
    )


def _number(_context: click.Context, _option: click.Parameter, text: str | None) -> HolderNumber | None:
    if text is None:
        return None
    return HolderNumber.parse(sys.stdin.readline() if text == "-" else text)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown account"
