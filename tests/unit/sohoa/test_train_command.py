"""``sohoa train`` beside the training itself: which models there are, what clerks taught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classifiers.statistical.shelf import delivered_model
from dossiers.errors import ConfigurationError
from sohoa.cli.main import sohoa


def run(data_dir: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        sohoa, ["--data-dir", str(data_dir), "--lang", "en", "train", *arguments], catch_exceptions=False
    )


def test_the_delivered_model_is_live_at_first(tmp_path: Path) -> None:
    listed = json.loads(run(tmp_path, "--list", "--json").stdout)
    assert listed == [{"version": delivered_model().version, "live": True, "delivered": True}]


def test_a_model_that_is_not_there_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="BAD_MODEL"):
        run(tmp_path, "--use", "1-abc")


def test_examples_are_exported_for_the_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "examples.jsonl"
    assert run(tmp_path / "data", "--export", str(target)).exit_code == 0
    assert target.read_text("utf-8") == ""
    assert target.stat().st_mode & 0o077 == 0


def test_the_help_shows_examples(tmp_path: Path) -> None:
    assert "sohoa train --list" in run(tmp_path, "--help").stdout
