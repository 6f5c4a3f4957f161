"""The settings of a computer with what the office says of its counter."""

from __future__ import annotations

from dossiers.counters import load_counters
from dossiers.local_time import day_in_vietnam
from sohoa.clock import utc_now
from sohoa.settings import Settings


def at_counter(settings: Settings) -> Settings:
    """Scanner and profile of the counter, where the settings name none themselves.

    Raises:
        ConfigurationError: BAD_COUNTERS.
    """
    if not settings.counter:
        return settings
    found = load_counters(settings.data_dir).find(
        settings.agency, settings.counter, day_in_vietnam(utc_now())
    )
    if found is None:
        return settings
    said = {"scanner": found.scanner, "scan_profile": found.profile}
    own = {key: value for key, value in said.items() if value and key not in settings.model_fields_set}
    return settings.model_copy(update=own)
