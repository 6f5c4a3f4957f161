"""What was typed into the form of a scanning profile, as its file takes it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import Final

from dossiers.errors import InputCode, InputError
from dossiers.toml_named import TomlValue

#: Letters, digits and hyphens: a name stands in settings, on separator sheets and in addresses.
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def profile_name(text: str, taken: Collection[str]) -> str:
    """The name of a new profile.

    Raises:
        InputError: BAD_VALUE, it is none or the office has one of this name.
    """
    name = text.strip().lower()
    if not _NAME.fullmatch(name) or name in taken:
        raise InputError(InputCode.BAD_VALUE, "the name is letters, digits and hyphens, and not taken")
    return name


def profile_values(data: Mapping[str, str]) -> dict[str, TomlValue | None]:
    """The keys of a profile; ``None`` for what is as usual.

    Raises:
        InputError: BAD_VALUE, a number is none or what must be filled is empty.
    """
    said = {key: " ".join(text.split()) for key, text in data.items()}
    if not said.get("vi"):
        raise InputError(InputCode.BAD_VALUE, "vi must be filled")
    counters = (each.strip() for each in said.get("counters", "").split(","))
    return {
        "vi": said["vi"],
        "en": said.get("en") or said["vi"],
        "source": said.get("source", ""),
        "mode": said.get("mode", ""),
        "dpi": round(_number(said, "dpi") or 0),
        "width_mm": _number(said, "width_mm"),
        "height_mm": _number(said, "height_mm"),
        "counters": tuple(dict.fromkeys(each for each in counters if each)),
        "locked": True if "locked" in said else None,
        "archive": None if "archive" in said else False,
        "card": True if "card" in said else None,
    }


def _number(said: Mapping[str, str], key: str) -> float | None:
    text = said.get(key, "")
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError as cause:
        raise InputError(InputCode.BAD_VALUE, f"{key} is no number") from cause
    if not (math.isfinite(value) and 0 < value <= 10_000):
        raise InputError(InputCode.BAD_VALUE, f"{key} is no size")
    return value
