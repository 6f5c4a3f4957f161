from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 60


def _long_functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield node.name, lines


def test_no_file_is_longer_than_500_lines(sources: Sequence[Any]) -> None:
    lengths = {each.path: each.text.count("\n") for each in sources}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_60_lines(sources: Sequence[Any]) -> None:
    long = {f"{each.path}:{name}": lines for each in sources for name, lines in _long_functions(each.tree)}
    assert long == {}


@pytest.mark.parametrize(("lines", "is_long"), [(60, False), (61, True)])
def test_the_measure_counts_the_whole_function(lines: int, is_long: bool) -> None:
    written = "class A:\n    async def f(self):\n" + "        pass\n" * (lines - 1)
    assert bool(list(_long_functions(ast.parse(written)))) is is_long
