"""The quick engine as an installed distribution; import the fixture into a ``conftest.py`` or a test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

_SOURCE = Path(__file__).parent / "desk" / "quick"
_PAPERS = Path(__file__).parents[2] / "samples" / "data" / "01-dang-ky-khai-sinh"


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


def small_papers(folder: Path, *names: str) -> list[Path]:
    """Papers of the first sample dossier made small, which the quick engine knows all the same.

    Args:
        folder: where they are put; made if need be.
        names: of ``cccd-03.jpg``, ``cccd-04.jpg``, ``giay-chung-sinh.jpg``, ``to-khai.jpg``.
    """
    folder.mkdir(exist_ok=True)
    for name in names:
        with Image.open(_PAPERS / name) as page:
            page.convert("L").reduce(2).save(folder / name, dpi=(150, 150))
    return [folder / name for name in names]
