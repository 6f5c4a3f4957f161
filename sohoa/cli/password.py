"""A password is asked for without showing it, or read from standard input; it is never an argument."""

from __future__ import annotations

import sys

import click

from sohoa.cli.session import Session


def read_password(session: Session) -> str:
    """Returns the password: typed twice on a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = click.prompt(
            session.messages.say("account_type_password"), hide_input=True, confirmation_prompt=True, err=True
        )
        return typed
    return sys.stdin.readline().rstrip("\r\n")
