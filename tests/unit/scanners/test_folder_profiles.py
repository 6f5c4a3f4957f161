"""``hot-folders.toml``: what it says is what happens, what it cannot mean is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossiers.errors import ConfigurationError
from scanners.drivers.hot_folder.profile import choose_folder, load_folders, parse_folders

WHOLE = """
[mot-cua]
path = "/srv/quet/mot-cua"
procedure = "1.001193"
agency = "H29.119"
separators = true
stable_seconds = 2
[luu-tru]
path = "/srv/quet/luu-tru"
dossier = "batch"
"""


def test_a_folder_is_what_the_file_says_of_it(tmp_path: Path) -> None:
    (tmp_path / "hot-folders.toml").write_text(WHOLE, encoding="utf-8")
    folders = load_folders(tmp_path)
    first, second = folders["mot-cua"], folders["luu-tru"]
    assert (first.path, first.procedure_code, first.agency) == (
        Path("/srv/quet/mot-cua"), "1.001193", "H29.119",
    )  # fmt: skip
    assert (first.cuts, first.is_batch, first.settings.stable_seconds) == (True, False, 2.0)
    assert (second.cuts, second.is_batch, second.procedure_code) == (False, True, None)


def test_without_the_file_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as told:
        choose_folder(load_folders(tmp_path), "mot-cua")
    assert told.value.code == "NO_HOT_FOLDER"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[a]\npath = "srv"', "absolute"),
        ('[a]\npath = "/srv"\nprocedur = "1.001193"', "procedur"),
        ('[a]\npath = "/srv"\nprocedure = "x"', "a: "),
        ('[a]\npath = "/srv"\ndossier = "each"', "file or batch"),
        ('[a]\npath = "/srv"\ndossier = "batch"\nseparators = true', "separators"),
        ('[a]\npath = "/srv"\nkeep_days = -1', "keep_days"),
        ('[a]\npath = "/srv"\n[b]\npath = "/srv"', "two names"),
        ('["../a"]\npath = "/srv"', "a name"),
        ("[a", "TOML"),
    ],
)
def test_what_it_cannot_mean_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        parse_folders(text)
    assert told.value.code == "BAD_HOT_FOLDER"
    assert named in told.value.hint
