"""What a device can do, of its document of capabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from scanners.drivers.escl.documents import child, children, content, inside, number, text
from scanners.settings import Capabilities, ColourMode, Resolutions, Source, SourceCapabilities

_MM_PER_UNIT: Final = 25.4 / 300
#: Modes in the words of eSCL; 16 bits a sample are not asked for.
_MODES: Final = {
    "RGB24": ColourMode.COLOUR,
    "Grayscale8": ColourMode.GREY,
    "BlackAndWhite1": ColourMode.BITONAL,
}
WORDS: Final = {mode: word for word, mode in _MODES.items()}
#: Media types in the order in which they are preferred: pages one by one before whole files.
_FORMATS: Final = ("image/jpeg", "image/png", "image/tiff", "application/pdf")
#: JPEG knows no black and white.
_BITONAL_FORMATS: Final = ("image/tiff", "image/png", "application/pdf", "image/jpeg")
#: Area of devices that do not say theirs: A4, 1/300 inch.
_A4: Final = (2480, 3508)
_MAX_LABEL: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class InputAbilities:
    """What a device can do with one source.

    Attributes:
        capabilities: the same in our vocabulary.
        formats: media types of pages.
        reach: largest width and height, 1/300 inch.
    """

    capabilities: SourceCapabilities
    formats: frozenset[str]
    reach: tuple[int, int]

    def media_type(self, mode: ColourMode) -> str:
        """The media type to ask for."""
        wanted = _BITONAL_FORMATS if mode is ColourMode.BITONAL else _FORMATS
        return next((each for each in wanted if each in self.formats), "image/jpeg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a device can do.

    Attributes:
        label: maker and model.
        inputs: its sources.
    """

    label: str
    inputs: Sequence[InputAbilities]

    @property
    def capabilities(self) -> Capabilities:
        """The same in our vocabulary."""
        return Capabilities(sources=tuple(each.capabilities for each in self.inputs))

    def of(self, source: Source) -> InputAbilities | None:
        """What it can do with a source."""
        return next((each for each in self.inputs if each.capabilities.source is source), None)


def read_abilities(root: Element) -> Abilities:
    """Reads a document of capabilities; what a device leaves out is taken as the specification's usual."""
    found = {
        Source.FLATBED: _at(root, "Platen", "PlatenInputCaps"),
        Source.FEEDER: _at(root, "Adf", "AdfSimplexInputCaps"),
        Source.FEEDER_DUPLEX: _duplex(root),
    }
    inputs = [_input(source, element, root) for source, element in found.items() if element is not None]
    label = "".join(letter for letter in text(root, "MakeAndModel") if letter.isprintable())
    return Abilities(label=label[:_MAX_LABEL], inputs=inputs)


def _duplex(root: Element) -> Element | None:
    """Both sides: of their own, or an option of a feeder that does the same with either."""
    found = _at(root, "Adf", "AdfDuplexInputCaps")
    has_option = any(content(each) == "Duplex" for each in inside(root, "AdfOption"))
    return found if found is not None or not has_option else _at(root, "Adf", "AdfSimplexInputCaps")


def _at(root: Element, *names: str) -> Element | None:
    found: Element | None = root
    for name in names:
        found = child(found, name) if found is not None else None
    return found


def _input(source: Source, element: Element, root: Element) -> InputAbilities:
    profiles = _profiles(element, root)
    said = _contents(profiles, "ColorMode")
    modes = frozenset(mode for word, mode in _MODES.items() if word in said)
    reach = (number(element, "MaxWidth") or _A4[0], number(element, "MaxHeight") or _A4[1])
    return InputAbilities(
        capabilities=SourceCapabilities(
            source=source,
            modes=modes or frozenset({ColourMode.COLOUR}),
            resolutions=_resolutions(profiles),
            width_mm=round(reach[0] * _MM_PER_UNIT, 2),
            height_mm=round(reach[1] * _MM_PER_UNIT, 2),
        ),
        formats=_contents(profiles, "DocumentFormat") | _contents(profiles, "DocumentFormatExt"),
        reach=reach,
    )


def _contents(profiles: Sequence[Element], name: str) -> frozenset[str]:
    return frozenset(content(each) for profile in profiles for each in inside(profile, name))


def _profiles(element: Element, root: Element) -> list[Element]:
    """Profiles of a source, and those of the device that it refers to."""
    shared = {each.get("name"): each for each in _own_profiles(root) if each.get("name")}
    return [shared.get(each.get("ref"), each) for each in _own_profiles(element)]


def _own_profiles(element: Element) -> list[Element]:
    holders = children(element, "SettingProfiles")
    return [each for holder in holders for each in children(holder, "SettingProfile")]


def _resolutions(profiles: Sequence[Element]) -> Resolutions:
    listed = {
        number(each, "XResolution")
        for profile in profiles
        for each in inside(profile, "DiscreteResolution")
        if number(each, "XResolution") == number(each, "YResolution")
    } - {0}
    if listed:
        return Resolutions(listed=tuple(sorted(listed)))
    for profile in profiles:
        for each in inside(profile, "XResolutionRange"):
            least, most = number(each, "Min"), number(each, "Max")
            if 0 < least <= most:
                return Resolutions(least=least, most=most, step=max(1, number(each, "Step")))
    return Resolutions(listed=(300,))  # the one that scanners of documents have
