"""What our own scripts export must not be taken for a setting: an unknown one is refused by every command."""

from __future__ import annotations

import re

from sohoa.settings import PREFIX, Settings

SCRIPTS = ("Makefile", ".ci/run", "scripts/*.sh", "deploy/compose.yaml", "deploy/systemd/*")


def test_a_variable_that_a_script_sets_is_a_setting_or_has_another_name(root):
    texts = "\n".join(file.read_text() for each in SCRIPTS for file in root.glob(each))
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)\b", texts))
    assert {each.lower() for each in named} <= set(Settings.model_fields)
