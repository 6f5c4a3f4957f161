"""One named table of a text changed by a form: every other line stays."""

from __future__ import annotations

import tomllib

import pytest

from dossiers.errors import ConfigurationError, InputError
from dossiers.toml_named import named_tables, with_named, without_named

TEXT = """# of the office
[own]  # said so
vi = "Cũ"
dpi = 300 # dots
kept = 1

[own.separators."PATCH-T"]
means = "dossier"

[other]
vi = "Khác"
"""


def test_keys_change_and_everything_else_stays() -> None:
    changed = with_named(TEXT, "own", {"vi": 'Mới "x"', "dpi": 400, "locked": True, "counters": ("Quầy 1",)})
    wanted = tomllib.loads(TEXT)
    wanted["own"] |= {"vi": 'Mới "x"', "dpi": 400, "locked": True, "counters": ["Quầy 1"]}
    assert tomllib.loads(changed) == wanted
    assert "# of the office" in changed
    assert with_named(
        changed, "own", {"locked": None, "counters": (), "vi": "Cũ", "dpi": 300}
    ) == TEXT.replace("300 # dots", "300")


def test_a_table_is_added_and_taken_away() -> None:
    added = with_named(TEXT, "new-1", {"vi": "M", "archive": False, "width_mm": 148.5})
    assert named_tables(added)["new-1"] == {"vi": "M", "archive": False, "width_mm": 148.5}
    assert without_named(added, "new-1").strip() == TEXT.strip()
    assert list(named_tables(without_named(added, "other"))) == ["own", "new-1"]


def test_what_a_form_would_spoil_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="NOT_BY_FORM"):
        without_named(TEXT, "own")  # its separators would stay behind
    with pytest.raises(ConfigurationError, match="NOT_BY_FORM"):
        with_named("own = { vi = 'A' }\n", "own", {"vi": "B"})
    with pytest.raises(InputError, match="NOT_FOUND"):
        without_named(TEXT, "nothing")
    with pytest.raises(InputError, match="BAD_VALUE"):
        with_named(TEXT, "own", {"counters": ("a\nb",)})
