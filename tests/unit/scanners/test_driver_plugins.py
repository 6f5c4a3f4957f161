"""The drivers that come with Sohoa are found by their names, as strangers' are."""

from __future__ import annotations

import pytest

from dossiers.errors import ConfigurationError
from sohoa.plugins import SCANNER_DRIVERS, load, names


@pytest.mark.parametrize("name", ["escl", "sane", "simulated"])
def test_a_driver_is_made_by_its_name(name):
    driver = load(SCANNER_DRIVERS, name, ())({})
    assert driver.name == name
    assert name in names(SCANNER_DRIVERS, ())


@pytest.mark.parametrize("name", ["escl", "sane", "simulated"])
def test_an_option_that_nobody_knows_is_refused_by_name(name):
    with pytest.raises(ConfigurationError) as refusal:
        load(SCANNER_DRIVERS, name, ())({"colour": "green"})
    assert "colour" in refusal.value.hint
