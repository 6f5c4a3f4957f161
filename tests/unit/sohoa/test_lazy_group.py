"""Commands are loaded when they are named, and all of them can be."""

from __future__ import annotations

import subprocess
import sys

import click

from sohoa.cli.main import COMMANDS, sohoa

_LOADED = """
import sys
from click.testing import CliRunner
from sohoa.cli.main import sohoa
print(CliRunner().invoke(sohoa, ["procedures", "1.001193"]).exit_code)
print(sorted({"cv2", "sqlalchemy", "reportlab", "openpyxl"} & set(sys.modules)))
"""


def test_every_command_can_be_loaded_under_its_name():
    context = click.Context(sohoa)
    assert sohoa.list_commands(context) == sorted(COMMANDS)
    for name in COMMANDS:
        command = sohoa.get_command(context, name)
        assert command is not None
        assert command.name == name


def test_an_unknown_command_is_none():
    assert sohoa.get_command(click.Context(sohoa), "shred") is None


def test_looking_into_the_catalogue_loads_no_engine_and_no_records():
    told = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n")[:2] == ["0", "[]"]
