"""Finds adapters by name through entry points; strangers' only when the settings name their distribution."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from dossiers.errors import ConfigurationError

#: The distribution whose plugins may always be used.
OURS: Final = "sohoa"

OCR_ENGINES: Final = "sohoa.ocr_engines"
CLASSIFIERS: Final = "sohoa.classifiers"
EXTRACTORS: Final = "sohoa.extractors"
SCANNER_DRIVERS: Final = "sohoa.scanner_drivers"
OBJECT_STORES: Final = "sohoa.object_stores"

#: Every group that strangers may add to.
GROUPS: Final = (OCR_ENGINES, CLASSIFIERS, EXTRACTORS, SCANNER_DRIVERS, OBJECT_STORES)


def names(group: str, allowed: Collection[str]) -> tuple[str, ...]:
    """Names of the plugins of a group that may be used, sorted."""
    return tuple(sorted(point.name for point in entry_points(group=group) if _may_use(point, allowed)))


def load(group: str, name: str, allowed: Collection[str]) -> Callable[..., object]:
    """Loads the factory of a plugin.

    Args:
        group: one of ``GROUPS``.
        name: name of the plugin.
        allowed: distributions besides our own whose plugins may be used.

    Raises:
        ConfigurationError: there is no such plugin, it is not allowed, or it cannot be loaded.
    """
    for point in entry_points(group=group, name=name):
        if _may_use(point, allowed):
            return _load(point)
    raise ConfigurationError(
        "PLUGIN_UNAVAILABLE",
        vi=f"Không có thành phần mở rộng {name} trong nhóm {group}.",
        en=f"there is no plugin {name} in {group}",
        hint=f"known: {', '.join(names(group, allowed)) or 'none'}",
    )


def _may_use(point: EntryPoint, allowed: Collection[str]) -> bool:
    owner = point.dist.name if point.dist is not None else ""
    return owner == OURS or owner in allowed


def _load(point: EntryPoint) -> Callable[..., object]:
    try:
        factory = point.load()
    except Exception as error:  # the plugin loader: a stranger's module may raise anything
        raise ConfigurationError(
            "PLUGIN_UNAVAILABLE",
            vi=f"Thành phần mở rộng {point.name} không nạp được.",
            en=f"the plugin {point.name} cannot be loaded: {type(error).__name__}",
        ) from error
    made: Callable[..., object] = factory
    if not callable(factory):
        raise ConfigurationError(
            "PLUGIN_UNAVAILABLE",
            vi=f"Thành phần mở rộng {point.name} không dùng được.",
            en=f"the plugin {point.name} is not a factory",
        )
    return made
