"""From the options of a SANE device to what it can do, and from settings to values of its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scanners.drivers.sane.option import Kind, SaneOption
from scanners.drivers.sane.vocabulary import words_by_mode, words_by_source
from scanners.settings import ColourMode, Resolutions, ScanSettings, Source, SourceCapabilities

Options = Mapping[str, SaneOption]
Values = dict[str, str]

_MM_PER_INCH: Final = 25.4
#: Area of devices that do not say theirs, or say nonsense: a sheet of A4, millimetres.
_UNSAID_MM: Final = {"x": 210.0, "y": 297.0}
_LEAST_SENSIBLE_MM: Final = 20.0
#: Resolutions of devices that take any number.
_UNSAID_RESOLUTIONS: Final = Resolutions(least=75, most=600)
#: Sensors that only devices with a feeder have.
_FEEDER_SENSORS: Final = ("page-loaded", "adf-loaded")
#: Makes devices that notice two sheets at once stop there, where they leave it to the program.
_STOP_AT_DOUBLE_FEED: Final = (("df-action", "Stop"), ("df-thickness", "yes"), ("MultifeedDetection", "yes"))

#: Backends that ask the device for sheets before we ask them.
_ASK_AHEAD: Final = frozenset({"airscan", "escl"})
#: Options by which devices take sheets ahead (sane-fujitsu(5), sane-canon_dr(5)).
_READ_AHEAD: Final = ("prepick", "buffermode")
_OFF: Final = frozenset({"off", "no"})


def holds_sheets(device: str, options: Options, extra: Mapping[str, str]) -> bool:
    """Whether the next sheet surely stays in the feeder until it is asked for.

    Args:
        device: name of the device.
        options: its options.
        extra: options that the office sets: reading ahead can be switched off there.
    """
    if not _ASK_AHEAD.isdisjoint(device.split(":")):
        return False
    ahead = [option for name in _READ_AHEAD if (option := _usable(options, name)) is not None]
    return all((extra.get(option.name) or option.value or "").lower() in _OFF for option in ahead)


def sources_of(options: Options) -> dict[Source, Values]:
    """The sources of a device, each with the values that choose it."""
    named = _usable(options, "source")
    found: dict[Source, Values] = {
        source: {"source": word} for source, word in words_by_source(named.words if named else ()).items()
    }
    if not found:
        has_feeder = any(name in options for name in _FEEDER_SENSORS)
        found = {Source.FEEDER if has_feeder else Source.FLATBED: {}}
    _add_duplex_option(options, found)
    return found


def _add_duplex_option(options: Options, found: dict[Source, Values]) -> None:
    """Adds two sides where they are an option of their own, which is often active with the feeder only."""
    feeder = found.get(Source.FEEDER)
    if feeder is None or Source.FEEDER_DUPLEX in found:
        return
    for name, off, on in (("adf-mode", "Simplex", "Duplex"), ("duplex", "no", "yes")):
        option = options.get(name)
        if option is not None and option.is_settable and {off, on} <= set(option.words):
            found[Source.FEEDER] = {**feeder, name: off}
            found[Source.FEEDER_DUPLEX] = {**feeder, name: on}
            return


def capabilities_of(source: Source, options: Options) -> SourceCapabilities:
    """What one source can do, of the options that the device shows while that source is chosen."""
    return SourceCapabilities(
        source=source,
        modes=frozenset(_modes(options)),
        resolutions=_resolutions(options),
        width_mm=_reach(options, "x", "page-width"),
        height_mm=_reach(options, "y", "page-height"),
    )


def values_for(settings: ScanSettings, options: Options) -> Values:
    """Values of the options, beside those that choose the source, in the order in which they must be set.

    The settings are within ``capabilities_of`` the same options.
    """
    values: Values = dict(_modes(options).get(settings.mode, {}))
    for name in _resolution_names(options):
        values[name] = str(settings.dpi)
    for name, word in _STOP_AT_DOUBLE_FEED:
        option = _usable(options, name)
        if option is not None and word in option.words:
            values[name] = word
    for name, millimetres in (("page-width", settings.width_mm), ("page-height", settings.height_mm)):
        option = _usable(options, name)
        if option is not None:
            values[name] = _length(millimetres, option, settings.dpi)
    return values | _area(settings, options)


def _area(settings: ScanSettings, options: Options) -> Values:
    values: Values = {}
    lengths = {"l": 0.0, "t": 0.0, "x": settings.width_mm, "y": settings.height_mm}
    for name, millimetres in lengths.items():
        option = _usable(options, name)
        if option is not None:
            values[name] = _length(millimetres, option, settings.dpi, _page_limit(name, options))
    return values


def _page_limit(name: str, options: Options) -> float | None:
    """Where the area grows with the page: the longest page."""
    page = _usable(options, {"x": "page-width", "y": "page-height"}.get(name, ""))
    return page.greatest if page is not None else None


def _length(millimetres: float, option: SaneOption, dpi: int, reach: float | None = None) -> str:
    """A length in the unit of the option, no longer than it takes."""
    length = millimetres / _MM_PER_INCH * dpi if option.unit == "pel" else millimetres
    most = max((each for each in (option.greatest, reach) if each is not None), default=length)
    if most * (_MM_PER_INCH / dpi if option.unit == "pel" else 1.0) < _LEAST_SENSIBLE_MM:
        most = length  # the device says nonsense of its area; it will cut where it must
    return f"{max(min(length, most), option.least or 0.0):.4f}".rstrip("0").rstrip(".")


def _modes(options: Options) -> dict[ColourMode, Values]:
    named = _usable(options, "mode")
    if named is None:
        return {ColourMode.COLOUR: {}}
    said = words_by_mode(named.words)
    modes: dict[ColourMode, Values] = {mode: {"mode": word} for mode, word in said.items()}
    depth = options.get("depth")
    if depth is not None and depth.is_settable and depth.takes_number(8):
        for mode in (ColourMode.COLOUR, ColourMode.GREY):
            if mode in modes and depth.is_active:
                modes[mode]["depth"] = "8"
        if depth.takes_number(1) and ColourMode.BITONAL not in modes and ColourMode.GREY in modes:
            modes[ColourMode.BITONAL] = {**modes[ColourMode.GREY], "depth": "1"}
    return modes


def _resolution_names(options: Options) -> tuple[str, ...]:
    if _usable(options, "resolution") is not None:
        return ("resolution",)
    return tuple(name for name in ("x-resolution", "y-resolution") if _usable(options, name) is not None)


def _resolutions(options: Options) -> Resolutions:
    names = _resolution_names(options)
    option = options[names[0]] if names else options.get("resolution")
    if option is None or option.kind is not Kind.NUMBER:
        return _UNSAID_RESOLUTIONS
    if not names:  # fixed: shown and not settable
        return Resolutions(listed=(round(float(option.value)),)) if option.value else _UNSAID_RESOLUTIONS
    if option.numbers:
        return Resolutions(listed=tuple(sorted({round(each) for each in option.numbers})))
    if option.least is None or option.most is None:
        return _UNSAID_RESOLUTIONS
    return Resolutions(least=round(option.least), most=round(option.most), step=max(1, round(option.step)))


def _reach(options: Options, side: str, page: str) -> float:
    """How far the area reaches, millimetres."""
    dpi = _present_dpi(options)
    reaches = []
    for name in (side, page):
        option = options.get(name)
        if option is not None and option.is_active and option.greatest is not None:
            in_mm = option.greatest / dpi * _MM_PER_INCH if option.unit == "pel" else option.greatest
            reaches.append(in_mm)
    return next(
        (reach for reach in [max(reaches, default=0.0)] if reach >= _LEAST_SENSIBLE_MM), _UNSAID_MM[side]
    )


def _present_dpi(options: Options) -> float:
    for name in ("resolution", "x-resolution"):
        option = options.get(name)
        if option is not None and option.value:
            try:
                return max(1.0, float(option.value))
            except ValueError:
                continue
    return 300.0


def _usable(options: Options, name: str) -> SaneOption | None:
    option = options.get(name)
    return option if option is not None and option.is_usable else None
