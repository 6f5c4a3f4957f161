"""The user's guide names every command, setting, exit code and plugin group."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from dossiers import errors
from sohoa.cli import digitize, main
from sohoa.plugins import GROUPS
from sohoa.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
USAGE = (DOCS / "usage.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", main.sohoa.list_commands(click.Context(main.sohoa)))
def test_every_command_is_described_and_shows_an_example(command):
    assert f"`sohoa {command}" in USAGE
    loaded = main.sohoa.get_command(click.Context(main.sohoa), command)
    assert "Example" in (loaded.help or "") or command == "doctor"


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_described(setting):
    assert f"| `{setting}` |" in USAGE


@pytest.mark.parametrize("group", GROUPS)
def test_every_plugin_group_is_named(group):
    assert f"`{group}`" in USAGE


def test_every_exit_code_is_described():
    text = (DOCS / "design" / "exit-codes.md").read_text(encoding="utf-8")
    kinds = [errors.SohoaError, *errors.SohoaError.__subclasses__(), *errors.RecordError.__subclasses__()]
    codes = {kind.exit_code for kind in kinds} | {digitize.PARTIAL, main.INTERRUPTED, main.INTERNAL}
    for code in codes:
        assert f"\n| {code} |" in text


def test_every_design_page_is_listed():
    index = (DOCS / "design" / "README.md").read_text(encoding="utf-8")
    for page in (DOCS / "design").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for part in page.read_text(encoding="utf-8").split("](")[1:]:
        target = part.partition(")")[0]
        if "://" not in target and not target.startswith("#"):
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_every_test_that_a_page_names_is_there():
    sources = (path.read_text(encoding="utf-8") for path in (DOCS.parent / "tests").rglob("test_*.py"))
    written = {name for source in sources for name in re.findall(r"def (test_\w+)", source)}
    files = {path.name for path in (DOCS.parent / "tests").rglob("test_*.py")}
    for page in DOCS.rglob("*.md"):
        named = set(re.findall(r"`(?:[\w/]+/)?(test_\w+(?:\.py)?)`", page.read_text(encoding="utf-8")))
        assert named <= written | files, page.name
