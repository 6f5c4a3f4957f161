"""Profiles: lawful for the archive, lockable, told plainly where a device cannot."""

from __future__ import annotations

import pytest

from dossiers.errors import AccessDenied, ConfigurationError
from scanners.profiles import MisfitKind, choose_profile, load_profiles, misfits, parse_profiles
from scanners.settings import (
    Capabilities,
    ColourMode,
    Resolutions,
    ScanSettings,
    Source,
    SourceCapabilities,
)

FEEDER = SourceCapabilities(
    source=Source.FEEDER,
    modes=frozenset({ColourMode.GREY}),
    resolutions=Resolutions(listed=(150, 200)),
    width_mm=210.1,
    height_mm=280.0,
)
DEVICE = Capabilities(sources=(FEEDER,))


def table(**changes: object) -> str:
    cells = {"vi": "Quầy", "en": "Counter", "source": "feeder", "mode": "colour", "dpi": 300} | changes
    lines = [f"{k} = {str(v).lower() if isinstance(v, (bool, int)) else repr(v)}" for k, v in cells.items()]
    return "[own]\n" + "\n".join(lines)


def test_the_profiles_that_come_with_it_are_all_lawful_for_the_archive(tmp_path):
    profiles = load_profiles(tmp_path)
    assert {"duplex-300", "archive-200", "id-card", "photo"} <= profiles.keys()
    assert all(p.is_archive and p.settings.dpi >= 200 for p in profiles.values())


@pytest.mark.parametrize("change", [{"dpi": 150}, {"mode": "grey"}, {"colour": 1}, {"source": "drawer"}])
def test_a_profile_below_the_rule_or_misspelt_is_refused_by_name(change):
    with pytest.raises(ConfigurationError) as refusal:
        parse_profiles(table(**change))
    assert "own" in refusal.value.hint


def test_a_profile_that_says_it_is_not_for_the_archive_may_be_below_the_rule():
    assert parse_profiles(table(dpi=150, archive=False))["own"].settings.dpi == 150


def test_an_administrator_adds_locks_and_keeps_for_a_counter(tmp_path):
    text = table(locked=True) + '\ncounters = ["quay-3"]\n'
    (tmp_path / "profiles.toml").write_text(text, encoding="utf-8")
    assert "own" not in load_profiles(tmp_path, "quay-1")
    own = choose_profile(load_profiles(tmp_path, "quay-3"), "own")
    assert own.changed(dpi=300, mode=None, source=None) == own.settings
    with pytest.raises(AccessDenied) as refusal:
        own.changed(dpi=200, mode=None, source=None)
    assert refusal.value.code == "PROFILE_LOCKED"
    with pytest.raises(ConfigurationError):
        choose_profile(load_profiles(tmp_path, "quay-1"), "own")


def test_what_a_device_cannot_do_is_named_with_what_it_can():
    asked = ScanSettings(source=Source.FEEDER, mode=ColourMode.COLOUR, dpi=300)
    assert [(m.kind, m.asked, m.offered) for m in misfits(asked, DEVICE)] == [
        (MisfitKind.NO_MODE, "colour", "grey"),
        (MisfitKind.NO_RESOLUTION, "300", "150, 200"),
        (MisfitKind.TOO_SMALL, "210 x 297 mm", "210 x 280 mm"),
    ]
    (missing,) = misfits(ScanSettings(), DEVICE)
    assert (missing.kind, missing.offered) == (MisfitKind.NO_SOURCE, "feeder")
    fits = ScanSettings(source=Source.FEEDER, mode=ColourMode.GREY, dpi=200, height_mm=280)
    assert misfits(fits, DEVICE) == ()
