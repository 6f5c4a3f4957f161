"""Top-level names are ours alone, package files hold nothing but names, and importing does no work."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

TOP_LEVEL = (
    "classifiers",
    "dossiers",
    "pipeline",
    "reception",
    "samples",
    "scanners",
    "sohoa",
    "storage",
    "tests",
    "workers",
)

#: Runs in a child: imports every module of the packages named and reports what importing tried to do.
#: Left out are scripts that are run and never imported: ``__main__`` and the environment of Alembic.
IMPORT_ALL = """
import importlib, os, pkgutil, sys
tried = []
WORK = {"socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
def watch(event, arguments):
    if event in WORK:
        tried.append(f"{event} while importing {current}")
    elif event == "open" and isinstance(arguments[2], int):
        if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and str(arguments[0]) != os.devnull:
            tried.append(f"open for writing while importing {current}: {arguments[0]}")
current = ""
sys.addaudithook(watch)
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if not module.name.endswith(("__main__", ".migrations.env")):
            current = module.name
            importlib.import_module(current)
print("\\n".join(tried))
"""


def _foreign_owners() -> dict[str, list[str]]:
    owners = packages_distributions()
    return {
        name: sorted(set(owners[name]) - {"sohoa"})
        for name in TOP_LEVEL
        if name in owners and set(owners[name]) - {"sohoa"}
    }


def test_no_other_distribution_owns_our_top_level_names() -> None:
    assert _foreign_owners() == {}


def test_a_distribution_that_takes_one_of_our_names_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intruder = tmp_path / "intruder-1.0.dist-info"
    intruder.mkdir()
    (intruder / "METADATA").write_text("Metadata-Version: 2.1\nName: intruder\nVersion: 1.0\n")
    (intruder / "top_level.txt").write_text("tests\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert _foreign_owners() == {"tests": ["intruder"]}


def _work_in(tree: ast.Module) -> Iterator[int]:
    """Lines of a package file that are neither docstring, import nor ``__all__``."""
    for place, node in enumerate(tree.body):
        is_docstring = place == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_export = isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == [
            "__all__"
        ]
        if not (is_docstring or is_export or isinstance(node, ast.Import | ast.ImportFrom)):
            yield node.lineno


def test_package_files_hold_a_docstring_and_names_only(sources: Sequence[Any]) -> None:
    packages = [each for each in sources if each.is_product and each.path.endswith("/__init__.py")]
    offenders = {each.path: list(_work_in(each.tree)) for each in packages if list(_work_in(each.tree))}

    assert packages
    assert offenders == {}
    assert [each.path for each in packages if not ast.get_docstring(each.tree)] == []


@pytest.mark.parametrize(
    "written", ["x = 1", "register()", "if True:\n    pass", '"doc"\n"more"', "def f(): ..."]
)
def test_work_in_a_package_file_is_noticed(written: str) -> None:
    assert list(_work_in(ast.parse(written)))


def _environment_reads(node: ast.AST) -> Iterator[int]:
    """Lines that read the environment while the module is being imported, thus outside every function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Attribute) and child.attr in ("environ", "getenv", "environb"):
            yield child.lineno
        yield from _environment_reads(child)


def test_no_module_reads_the_environment_when_imported(sources: Sequence[Any]) -> None:
    product = [each for each in sources if each.is_product]
    reads = {each.path: list(_environment_reads(each.tree)) for each in product}

    assert {path: lines for path, lines in reads.items() if lines} == {}


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("import os\nX = os.environ['X']", True),
        ("class A:\n    x = os.getenv('X')", True),
        ("def f():\n    return os.environ['X']", False),
    ],
)
def test_a_read_of_the_environment_is_noticed(written: str, is_read: bool) -> None:
    assert bool(list(_environment_reads(ast.parse(written)))) is is_read


def _import_all(root: Path, *packages: str) -> str:
    result = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_ALL, *packages],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_importing_every_module_connects_starts_and_writes_nothing(
    root: Path, sources: Sequence[Any]
) -> None:
    packages = sorted({each.path.partition("/")[0] for each in sources if each.is_product})

    assert _import_all(root, *packages) == ""


@pytest.mark.parametrize(
    "work",
    [
        "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 0.1)\nexcept OSError:\n    pass",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', ''], check=True)",
        "open('left-behind', 'w').close()",
    ],
)
def test_work_at_import_is_noticed(tmp_path: Path, work: str) -> None:
    package = tmp_path / "busy"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "module.py").write_text(work)

    assert "while importing busy.module" in _import_all(tmp_path, "busy")
