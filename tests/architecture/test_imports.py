"""Layers and fences hold; the domain stands on the standard library alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def test_the_domain_imports_the_standard_library_only(sources: Sequence[Any]) -> None:
    allowed = sys.stdlib_module_names | {"dossiers"}
    domain = [each for each in sources if each.path.startswith("dossiers/")]
    foreign = {each.path: sorted(set(_imported(each.tree)) - allowed) for each in domain}

    assert len(domain) > 10
    assert {path: names for path, names in foreign.items() if names} == {}


def test_a_foreign_import_would_be_seen() -> None:
    tree = ast.parse(
        "import numpy.typing\nfrom sqlalchemy.orm import Session\nfrom . import reading\nimport os"
    )

    assert list(_imported(tree)) == ["numpy", "sqlalchemy", "os"]


def test_the_product_imports_neither_samples_nor_tests_nor_benchmarks(sources: Sequence[Any]) -> None:
    product = [each for each in sources if each.is_product]
    wrong = {each.path: set(_imported(each.tree)) & {"samples", "tests", "benchmarks"} for each in product}

    assert product
    assert {path: names for path, names in wrong.items() if names} == {}


def test_every_product_package_is_under_the_contracts(root: Path, sources: Sequence[Any]) -> None:
    written = (root / ".importlinter").read_text(encoding="utf-8")
    listed = written.partition("root_packages =")[2].partition("include_external")[0].split()

    assert {each.path.partition("/")[0] for each in sources if each.is_product} == set(listed)


def test_the_import_contracts_hold(root: Path) -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [tool, "--no-cache"], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr
