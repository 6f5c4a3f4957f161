"""Whether a device can do what is asked: said before any paper moves."""

from __future__ import annotations

from dossiers.errors import DeviceCode, DeviceError
from scanners.settings import Capabilities, ScanSettings, SourceCapabilities

#: Devices state their areas in inches, pixels or steps: A4 may come out a little short.
_TOLERANCE_MM = 1.5


def check_settings(capabilities: Capabilities, settings: ScanSettings) -> SourceCapabilities:
    """What the device can do with the source asked for.

    Raises:
        DeviceError: ``UNSUPPORTED_SETTING``, with what does not fit in its hint.
    """
    source = capabilities.of(settings.source)
    if source is None:
        raise _unsupported(f"no source {settings.source.value}")
    if settings.mode not in source.modes:
        raise _unsupported(f"no mode {settings.mode.value} on {settings.source.value}")
    if not source.resolutions.allows(settings.dpi):
        raise _unsupported(f"no {settings.dpi} dpi on {settings.source.value}")
    too_wide = settings.width_mm > source.width_mm + _TOLERANCE_MM
    if too_wide or settings.height_mm > source.height_mm + _TOLERANCE_MM:
        raise _unsupported(f"area over {source.width_mm:g} x {source.height_mm:g} mm")
    return source


def _unsupported(detail: str) -> DeviceError:
    return DeviceError(DeviceCode.UNSUPPORTED_SETTING, detail)
