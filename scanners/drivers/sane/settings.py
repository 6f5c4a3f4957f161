"""What can be set for the SANE driver."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scanners.drivers.options import bad_option, check_names, seconds

NAME: Final = "sane"
_OPTION: Final = re.compile(r"^[A-Za-z][A-Za-z0-9_.-]*$")
_KNOWN: Final = frozenset(
    {
        "config_dir",
        "program",
        "spool_dir",
        "set",
        "in_process",
        "open_seconds",
        "first_seconds",
        "stall_seconds",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaneSettings:
    """Settings of the driver.

    Attributes:
        program: the program ``scanimage``, by name or path.
        config_dir: SANE's configuration folder; ``None`` for that of the system.
        spool_dir: where the page that is being scanned lies, 9 to 100 MB; ``None`` for temporary files.
        extra: options of the device to set beside ours, for example ``brightness`` of one that is too dark.
        in_process: use python-sane instead of ``scanimage``; a crash of a vendor's backend is ours then. For
            local devices only: it asks for options without letting other threads run.
        open_seconds: longest time that a device may take to open and tell its options.
        first_seconds: longest time from asking for a page until its first bytes: lamps warm up.
        stall_seconds: longest pause inside a page; after it the device counts as offline.
    """

    program: str = "scanimage"
    config_dir: Path | None = None
    spool_dir: Path | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    in_process: bool = False
    open_seconds: float = 30.0
    first_seconds: float = 60.0
    stall_seconds: float = 8.0

    @property
    def environment(self) -> dict[str, str]:
        """Variables that SANE reads."""
        return {} if self.config_dir is None else {"SANE_CONFIG_DIR": str(self.config_dir)}


def read_settings(options: Mapping[str, str]) -> SaneSettings:
    """The settings of texts by name, as a settings file has them.

    Args:
        options: names of the attributes; ``set`` for ``extra``, written ``name=value;name=value``.

    Raises:
        ConfigurationError: one is unknown or impossible.
    """
    check_names(NAME, options, _KNOWN)
    usual = SaneSettings()
    if options.get("in_process", "no") not in ("yes", "no"):
        raise bad_option(NAME, "in_process takes yes or no")
    return SaneSettings(
        program=options.get("program", usual.program),
        config_dir=_path(options, "config_dir"),
        spool_dir=_path(options, "spool_dir"),
        extra=_pairs(options.get("set", "")),
        in_process=options.get("in_process") == "yes",
        open_seconds=seconds(NAME, options, "open_seconds", usual.open_seconds),
        first_seconds=seconds(NAME, options, "first_seconds", usual.first_seconds),
        stall_seconds=seconds(NAME, options, "stall_seconds", usual.stall_seconds),
    )


def _path(options: Mapping[str, str], name: str) -> Path | None:
    return Path(options[name]) if options.get(name) else None


def _pairs(text: str) -> dict[str, str]:
    pairs = {}
    for each in filter(None, text.split(";")):
        name, separator, value = each.partition("=")
        if not separator or not _OPTION.match(name):
            raise bad_option(NAME, "set takes name=value;name=value")
        pairs[name] = value
    return pairs
