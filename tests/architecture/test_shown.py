"""Tests and files that the pages of design name as proof are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEST = re.compile(r"^ *def (test_\w+)", re.MULTILINE)
PAGES = [
    ROOT / "docs" / "design" / name
    for name in ("many-machines.md", "papers-and-fields.md", "reading-promises.md")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_proof_that_is_named_is_there(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    paths = (ROOT / "tests").rglob("test_*.py")
    there = {name for path in paths for name in TEST.findall(path.read_text(encoding="utf-8"))}
    named = set(re.findall(r"`(test_\w+)`", written))
    assert len(named) > 50
    assert named - there == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    named = re.findall(r"`([a-z]\w*/[\w/.]*)`", written)
    assert [each for each in named if not (ROOT / each).exists()] == []
