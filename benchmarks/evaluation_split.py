"""Generated pages of a fixed seed, kept until the generator changes.

Those of the evaluation split have their own fonts, names and provinces and are never used for tuning; those
of the development split may be.
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
CACHE: Final = ROOT / ".cache" / "benchmarks"
#: Fixed once and for all: choosing another seed after looking at results would be tuning.
SEED: Final = 20261122
#: Pages in a dossier, on the low side; more dossiers are drawn where they hold too few pages.
_PAGES_A_DOSSIER: Final = 6


def evaluation_folder(pages: int) -> Path:
    """Returns a folder of whole dossiers with at least so many pages; draws them where they are missing.

    Raises:
        subprocess.CalledProcessError: the generator failed; it has said why.
    """
    return _folder("eval", pages)


def development_folder(pages: int) -> Path:
    """Returns the same of the development split; see ``evaluation_folder``."""
    return _folder("dev", pages)


def _folder(split: str, pages: int) -> Path:
    folder = CACHE / split / f"{SEED}-{_generator_hash()}-{pages}"
    if (folder / "complete").exists():
        return folder
    scratch = folder.with_suffix(".part")
    dossiers = math.ceil(pages / _PAGES_A_DOSSIER)
    while True:
        shutil.rmtree(scratch, ignore_errors=True)
        _draw(split, scratch, dossiers)
        counts = _page_counts(scratch)
        if sum(counts.values()) >= pages:
            break
        dossiers *= 2
    _keep_first(scratch, counts, pages)
    (scratch / "complete").touch()
    shutil.rmtree(folder, ignore_errors=True)
    scratch.rename(folder)
    return folder


def _draw(split: str, folder: Path, dossiers: int) -> None:
    command = [sys.executable, "-m", "samples.generator", "--split", split, "--seed", str(SEED)]
    subprocess.run(
        [*command, "--dossiers", str(dossiers), "--out", str(folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _page_counts(folder: Path) -> dict[str, int]:
    paths = sorted(folder.glob("*/truth.json"))
    return {path.parent.name: len(json.loads(path.read_text(encoding="utf-8"))["pages"]) for path in paths}


def _keep_first(folder: Path, counts: dict[str, int], pages: int) -> None:
    held = 0
    for name, count in counts.items():
        if held >= pages:
            shutil.rmtree(folder / name)
        held += count


def _generator_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "samples" / "generator").rglob("*")):
        if path.suffix in (".py", ".txt"):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:8]
