"""Calls that run text as code or hand it to a shell are absent from all our Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

BUILTINS = {"eval", "exec"}
ATTRIBUTES = {
    "os": {"system", "popen"},
    "subprocess": {"getoutput", "getstatusoutput"},
    "yaml": {"load", "load_all", "unsafe_load", "full_load"},
    "dramatiq": {"PickleEncoder"},
}
MODULES = {"pickle", "cPickle", "cloudpickle", "dill", "marshal", "shelve", "joblib"}
KEYWORDS = {"shell", "allow_pickle"}


def _forbidden(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.partition(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom):
            yield from _from_import(node)
        elif isinstance(node, ast.Call):
            yield from _call(node)
        elif isinstance(node, ast.Attribute) and node.attr in ATTRIBUTES.get(ast.unparse(node.value), ()):
            yield ast.unparse(node)


def _from_import(node: ast.ImportFrom) -> Iterator[str]:
    module = (node.module or "").partition(".")[0]
    if module in MODULES and not node.level:
        yield module
    yield from (f"{module}.{each.name}" for each in node.names if each.name in ATTRIBUTES.get(module, ()))


def _call(node: ast.Call) -> Iterator[str]:
    if isinstance(node.func, ast.Name) and node.func.id in BUILTINS:
        yield node.func.id
    for keyword in node.keywords:
        is_off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        if keyword.arg in KEYWORDS and not is_off:
            yield f"{keyword.arg}="


def test_no_file_runs_text_as_code_or_starts_a_shell(sources: Sequence[Any]) -> None:
    found = {each.path: sorted(set(_forbidden(each.tree))) for each in sources}
    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "written",
    [
        "eval(text)",
        "exec(text)",
        "os.system(text)",
        "os.popen(text)",
        "from os import system",
        "subprocess.run(text, shell=True)",
        "subprocess.run(text, shell=is_shell)",
        "import pickle",
        "from pickle import loads",
        "import joblib.numpy_pickle",
        "numpy.load(path, allow_pickle=True)",
        "yaml.load(text)",
        "from yaml import load",
        "dramatiq.PickleEncoder()",
    ],
)
def test_the_check_sees_every_forbidden_call(written: str) -> None:
    assert list(_forbidden(ast.parse(written)))


@pytest.mark.parametrize(
    "written", ["subprocess.run(words, shell=False)", "yaml.safe_load(text)", "model.eval()"]
)
def test_the_check_leaves_harmless_calls_alone(written: str) -> None:
    assert list(_forbidden(ast.parse(written))) == []
