"""What is vendored is what its registry published, and carries its licence."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

SUMS = {
    "htmx-2.0.11.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
    "idiomorph-ext-0.8.0.min.js": "5811b9a7eda14878b7dab4378bf60432e1bb6f11fcfb970cc26540642650181e",
}
VENDOR = files("reception").joinpath("static", "vendor")


@pytest.mark.parametrize("name", sorted(SUMS))
def test_a_vendored_script_is_unchanged(name: str) -> None:
    assert hashlib.sha256(VENDOR.joinpath(name).read_bytes()).hexdigest() == SUMS[name]
    licence = VENDOR.joinpath(f"{name.partition('-')[0]}-LICENSE.txt").read_text(encoding="utf-8")
    assert "Permission to use, copy, modify, and/or distribute" in licence


def test_nothing_else_is_vendored() -> None:
    assert {each.name for each in VENDOR.iterdir() if each.name.endswith(".js")} == SUMS.keys()
