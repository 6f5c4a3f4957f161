"""Takes the pictures of ``docs/desk.md``: a real desk on a sample office, seen by Debian's Chromium.

    python -m samples.office.set_up FOLDER
    python -m docs.desk_pictures FOLDER [--into docs/images/desk] [--every] [--only NAME ...]

``--every`` takes each screen at 1366x768 and 1024x768, light and dark, to be looked at; without it each is
taken once, as the page shows it. The office keeps what is done in it: two dossiers more with each run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from docs.desk_camera import Camera, Look
from docs.desk_scenes import SCENES
from docs.desk_tickets import add_tickets
from samples.office.running import running_desk
from samples.office.set_up import DATA

_BIRTH = "01-dang-ky-khai-sinh"
_PAPERS = ("to-khai.jpg", "giay-chung-sinh.jpg", "cccd-03.jpg", "cccd-04.jpg")
_PATIENCE_MS = 180_000


def main() -> int:
    """Takes them all; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("office", type=Path, help="a sample office that no desk has open")
    options.add_argument("--into", type=Path, default=Path("docs/images/desk"))
    options.add_argument("--every", action="store_true", help="both sizes, light and dark")
    options.add_argument("--only", nargs="*", default=[], help="names of scenes")
    asked = options.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    _fill_tray(asked.office / "tray")
    add_tickets(asked.office)
    with running_desk(asked.office, faults="jam=3") as url, _browser() as browser:
        for scene in SCENES:
            if not asked.only or scene.name in asked.only:
                looks = Look.every() if asked.every else scene.looks
                scene.act(Camera(browser, url, asked.into, scene.name, looks, names_look=asked.every))
    return 0


def _fill_tray(tray: Path) -> None:
    tray.mkdir(exist_ok=True)
    for number, paper in enumerate(_PAPERS):
        shutil.copy(DATA / _BIRTH / paper, tray / f"{number}-{paper}")


@contextmanager
def _browser() -> Iterator[Browser]:
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as engine:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = engine.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*arguments, "--lang=vi"]
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
