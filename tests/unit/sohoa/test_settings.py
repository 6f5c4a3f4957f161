"""Settings: defaults that work; command line before environment before file; unknown ones refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossiers.errors import ConfigurationError
from sohoa.settings import load_settings


def _load(tmp_path: Path, text: str | None = None, environment=None, **overrides):
    file = None
    if text is not None:
        file = tmp_path / "s.toml"
        file.write_text(text, encoding="utf-8")
    base = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    return load_settings(file=file, environment=base | (environment or {}), overrides=overrides)


def test_without_anything_set_it_works_on_one_machine(tmp_path):
    settings = _load(tmp_path)
    assert settings.data_dir == tmp_path / "data" / "sohoa"
    assert settings.workers >= 1
    assert settings.language == "vi"


def test_the_command_line_beats_the_environment_and_that_beats_the_file(tmp_path):
    text = 'workers = 3\nagency = "H29.119"\nlanguage = "en"\n'
    settings = _load(tmp_path, text, {"SOHOA_WORKERS": "5", "SOHOA_LANGUAGE": "vi"}, workers=7)
    assert (settings.workers, settings.language, settings.agency) == (7, "vi", "H29.119")


def test_the_usual_file_is_read_where_none_is_named(tmp_path):
    folder = tmp_path / "config" / "sohoa"
    folder.mkdir(parents=True)
    (folder / "sohoa.toml").write_text("workers = 4\n", encoding="utf-8")
    assert _load(tmp_path).workers == 4


@pytest.mark.parametrize(
    ("text", "named"),
    [("worker = 3", "worker"), ("workers = 0", "workers"), ('agency = "??"', "agency"), ("a = [", "s.toml")],
)
def test_an_unknown_or_impossible_setting_is_refused_by_name(tmp_path, text, named):
    with pytest.raises(ConfigurationError) as caught:
        _load(tmp_path, text)
    assert named in caught.value.en
    assert caught.value.exit_code == 3


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(ConfigurationError):
        load_settings(file=tmp_path / "none.toml", environment={}, overrides={})


def test_lists_are_separated_by_commas_in_the_environment(tmp_path):
    assert _load(tmp_path, None, {"SOHOA_PLUGINS": "a,b"}).plugins == ("a", "b")
