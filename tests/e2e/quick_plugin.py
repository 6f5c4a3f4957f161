"""The quick engine as an installed distribution; import the fixture into a ``conftest.py`` or a test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

_SOURCE = Path(__file__).parent / "desk" / "quick"


@pytest.fixture(scope="session")
def quick_plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the quick engine as an installed distribution."""
    folder = tmp_path_factory.mktemp("plugin")
    for each in _SOURCE.iterdir():
        if each.is_file():
            shutil.copy(each, folder)
    about = folder / "quick_engine-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: quick-engine\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[sohoa.ocr_engines]\nquick = quick_engine:make\n")
    return folder


def quick_settings(plugin: Path) -> dict[str, str]:
    """The environment of an installation that reads with it."""
    return {
        "PYTHONPATH": str(plugin),
        "SOHOA_ENGINE": "quick",
        "SOHOA_PLUGINS": "quick-engine",
        "SOHOA_WORKERS": "1",
    }
