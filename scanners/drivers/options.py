"""Options of a driver as settings hand them over: text by name, checked once."""

from __future__ import annotations

from collections.abc import Mapping, Set

from dossiers.errors import ConfigurationError


def check_names(driver: str, options: Mapping[str, str], known: Set[str]) -> None:
    """Refuses options that the driver does not know.

    Raises:
        ConfigurationError: one is unknown; the hint names it and those that are known.
    """
    unknown = sorted(set(options) - known)
    if unknown:
        raise bad_option(driver, f"{', '.join(unknown)}; known: {', '.join(sorted(known))}")


def seconds(driver: str, options: Mapping[str, str], name: str, default: float) -> float:
    """A positive length of time, at most an hour.

    Raises:
        ConfigurationError: it is no such number.
    """
    text = options.get(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 3600:
        raise bad_option(driver, f"{name} takes seconds, more than 0 and at most 3600")
    return value


def bad_option(driver: str, detail: str) -> ConfigurationError:
    """The error for an option that cannot be used."""
    return ConfigurationError(
        "BAD_SCANNER_OPTION",
        vi=f"Thiết lập của trình điều khiển máy quét {driver} không hợp lệ.",
        en=f"an option of the scanner driver {driver} cannot be used",
        hint=detail,
    )
