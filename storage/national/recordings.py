"""Recorded answers of national databases: a TOML file of invented people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.citizens import HolderNumber
from dossiers.errors import ConfigurationError, InputError
from dossiers.national import NationalAnswer, NationalStatus
from dossiers.procedures import DataSource

#: Name of an installation's own recordings in the data folder.
FILE: Final = "national.toml"
#: Whose answers they are, in provenance.
ADAPTER: Final = "recorded/1"

Recordings = Mapping[tuple[DataSource, HolderNumber], tuple[NationalAnswer, ...]]


def load_recordings(path: Path | None = None) -> Recordings:
    """Reads recordings: those of the file if there is one, else those that ship with Sohoa.

    Raises:
        ConfigurationError: BAD_RECORDINGS.
    """
    if path is not None and path.exists():
        text = path.read_text(encoding="utf-8")
    else:
        text = resources.files("storage.national").joinpath("recordings.toml").read_text(encoding="utf-8")
    return parse_recordings(text)


def parse_recordings(text: str) -> Recordings:
    """Reads the text of a file of recordings.

    Raises:
        ConfigurationError: BAD_RECORDINGS.
    """
    found: dict[tuple[DataSource, HolderNumber], tuple[NationalAnswer, ...]] = {}
    try:
        for table in tomllib.loads(text).get("recording", []):
            source = DataSource(table["source"])
            key = source, HolderNumber.parse(table["number"])
            found[key] = (*found.get(key, ()), _answer(source, table))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, InputError) as cause:
        raise ConfigurationError(
            "BAD_RECORDINGS",
            vi="Tệp trả lời ghi sẵn của cơ sở dữ liệu quốc gia không hợp lệ.",
            en="the recorded answers of national databases cannot be read",
            hint=f"{type(cause).__name__} in national.toml",
        ) from cause
    return found


def answer_for(
    recordings: Recordings, source: DataSource, number: HolderNumber, papers: tuple[str, ...]
) -> NationalAnswer | None:
    """The recording that fits, one for a wanted paper first; ``None`` where nothing is recorded."""
    answers = recordings.get((source, number), ())
    wanted = [each for each in answers if each.paper in papers]
    anyhow = [each for each in answers if not each.paper]
    if answers and not wanted and not anyhow:
        return NationalAnswer(source=source, status=NationalStatus.NOT_FOUND, adapter=ADAPTER)
    return next(iter((*wanted, *anyhow)), None)


def _answer(source: DataSource, table: Mapping[str, object]) -> NationalAnswer:
    facts = table.get("facts", {})
    if not isinstance(facts, dict):
        raise TypeError("facts")
    return NationalAnswer(
        source=source,
        status=NationalStatus(str(table["status"])),
        adapter=ADAPTER,
        paper=str(table.get("paper", "")),
        reference=str(table.get("reference", "")),
        as_of=_day(table.get("as_of")),
        until=_day(table.get("until")),
        facts=tuple((str(name), str(value)) for name, value in facts.items()),
        cause=str(table.get("cause", "")),
    )


def _day(value: object) -> date | None:
    if value is not None and not isinstance(value, date):
        raise TypeError("a date")
    return value
