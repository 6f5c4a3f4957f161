"""SANE as a library in this process, through python-sane (an extra: ``sohoa[sane]``).

Loaded only when it is asked for. SANE reads its configuration folder once in a process: the first driver's.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

from dossiers.errors import ConfigurationError, DeviceCode, DeviceError
from scanners.drivers.sane.option import Kind, SaneOption
from scanners.drivers.sane.settings import SaneSettings
from scanners.drivers.sane.status import code_of_opening, hint_of_opening

#: SANE_Value_Type, SANE_Unit and SANE_CAP of sane.h.
_KINDS: Final = {0: Kind.SWITCH, 1: Kind.NUMBER, 2: Kind.NUMBER, 3: Kind.TEXT, 4: Kind.BUTTON}
_FIXED: Final = 2
_UNITS: Final = ("", "pel", "bit", "mm", "dpi", "%", "us")
_SETTABLE: Final = 1
_INACTIVE: Final = 32
#: Names of the corners of the area, and ours of its sides.
_SIDES: Final = {"tl-x": "l", "tl-y": "t", "br-x": "x", "br-y": "y"}


class Device:
    """One device that is open in this process; close it when done."""

    def __init__(self, settings: SaneSettings, device: str) -> None:
        library = _loaded(settings)
        self._error: type[Exception] = library.error
        try:
            self._device = library._open(device)  # noqa: SLF001 - its public class reads options as attributes
        except self._error as error:
            raise DeviceError(code_of_opening(str(error)), hint_of_opening(str(error))) from error

    def options(self) -> dict[str, SaneOption]:
        """The options that the device shows now."""
        found = (self._option(each) for each in self._raw() if each[4] in _KINDS and each[1])
        return {option.name: option for option in found}

    def set(self, name: str, text: str) -> None:
        """Sets an option; one that is not there, inactive or not settable is passed over.

        Raises:
            DeviceError: ``UNSUPPORTED_SETTING``.
        """
        raw_name = next((raw for raw, side in _SIDES.items() if side == name), name)
        for index, found, _, _, kind, _, _, capabilities, _ in self._raw():
            if found == raw_name and capabilities & _SETTABLE and not capabilities & _INACTIVE:
                self._set(index, _value(kind, text))

    def take(self, progress: Any) -> tuple[bytes, int, int, int]:
        """Takes one page: pixels, width, height and samples a pixel; blocks without the interpreter's lock.

        Raises:
            Exception: ``error`` of the library, see ``reason``.
        """
        self._device.start()
        lines = self._device.get_parameters()[2][1]
        pixels, width, height, samples, _ = self._device.snap(True, False, progress)
        if height < lines:
            raise DeviceError(DeviceCode.DRIVER_FAILED, "half a page")
        return bytes(pixels), width, lines if lines > 0 else height, samples

    @property
    def error(self) -> type[Exception]:
        """What the library raises."""
        return self._error

    def cancel(self) -> None:
        """Stops the device, from any thread."""
        self._device.cancel()

    def close(self) -> None:
        """Closes the device."""
        self._device.close()

    def _raw(self) -> Sequence[Any]:
        raw: Sequence[Any] = self._device.get_options()
        return raw

    def _set(self, index: int, value: object) -> None:
        try:
            self._device.set_option(index, value)
        except self._error as error:
            raise DeviceError(DeviceCode.UNSUPPORTED_SETTING, "an option was not accepted") from error

    def _option(self, raw: Any) -> SaneOption:
        index, name, _, _, kind, unit, _, capabilities, limits = raw
        is_active = not capabilities & _INACTIVE
        is_range = isinstance(limits, tuple)
        is_text = kind == 3
        return SaneOption(
            name=_SIDES.get(name, name),
            kind=_KINDS[kind],
            words=("yes", "no") if kind == 0 else tuple(limits or ()) if is_text else (),
            numbers=tuple(float(each) for each in limits) if isinstance(limits, list) and not is_text else (),
            least=float(limits[0]) if is_range else None,
            most=float(limits[1]) if is_range else None,
            step=float(limits[2]) if is_range else 0.0,
            unit=_UNITS[unit] if 0 <= unit < len(_UNITS) else "",
            value=self._value_of(index, kind) if is_active and kind in (0, 1, 2, 3) else None,
            is_active=is_active,
            is_settable=bool(capabilities & _SETTABLE),
        )

    def _value_of(self, index: int, kind: int) -> str | None:
        try:
            value = self._device.get_option(index)
        except self._error:
            return None
        return ("yes" if value else "no") if kind == 0 else str(value)


def _value(kind: int, text: str) -> object:
    if kind == 0:
        return text == "yes"
    if kind == _FIXED:
        return float(text)
    return round(float(text)) if kind == 1 else text


def _loaded(settings: SaneSettings) -> Any:
    """The library, started.

    Raises:
        ConfigurationError: python-sane is not installed.
    """
    try:
        import _sane
    except ImportError as error:
        raise ConfigurationError(
            "MISSING_TOOL",
            vi="Chưa cài thư viện python-sane; hãy cài hoặc tắt thiết lập in_process.",
            en="python-sane is not installed; install it or switch in_process off.",
            hint="apt-get install libsane-dev gcc python3-dev, then install the extra sane",
        ) from error
    if settings.config_dir is not None:
        os.environ.setdefault("SANE_CONFIG_DIR", str(settings.config_dir))
    _sane.init()
    return _sane
