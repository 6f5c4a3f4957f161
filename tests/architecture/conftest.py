from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

#: Packages of the product; each is one top-level import name.
PRODUCT = ("classifiers", "dossiers", "pipeline", "reception", "scanners", "sohoa", "storage", "workers")


@dataclass(frozen=True)
class SourceFile:
    """One tracked Python file, parsed."""

    path: str
    text: str
    tree: ast.Module

    @property
    def is_product(self) -> bool:
        return self.path.partition("/")[0] in PRODUCT


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def tracked(root: Path) -> tuple[Path, ...]:
    """Every file under version control that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("no version control here: an unpacked archive")
    paths = (root / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file() and not path.is_symlink())


@pytest.fixture(scope="session")
def sources(root: Path, tracked: tuple[Path, ...]) -> tuple[SourceFile, ...]:
    """Every tracked Python file of the project."""
    found = []
    for path in tracked:
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
            found.append(SourceFile(path=path.relative_to(root).as_posix(), text=text, tree=ast.parse(text)))
    assert len(found) > 50
    return tuple(found)


@pytest.fixture(scope="session")
def texts(root: Path, tracked: tuple[Path, ...]) -> dict[str, str]:
    """Every tracked file that is UTF-8 text, by its path."""
    found = {}
    for path in tracked:
        raw = path.read_bytes()
        if b"\0" in raw:
            continue
        try:
            found[path.relative_to(root).as_posix()] = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
    assert "pyproject.toml" in found
    return found
