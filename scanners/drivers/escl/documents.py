"""The XML that goes to and comes from a device (Mopria eSCL specification; lengths are 1/300 inch).

Elements are found by their names without namespaces: devices write several. DTDs and entities are refused
(S30).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dossiers.errors import DeviceCode, DeviceError
from scanners.settings import ScanSettings, Source

_UNITS_PER_MM: Final = 300 / 25.4
_PWG: Final = "http://www.pwg.org/schemas/2010/12/sm"
_SCAN: Final = "http://schemas.hp.com/imaging/escl/2011/05/03"


def parsed(body: bytes) -> Element:
    """The root of a document.

    Raises:
        DeviceError: ``DRIVER_FAILED``: it is no XML, or it has a DTD.
    """
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DeviceError(DeviceCode.DRIVER_FAILED, "unreadable XML") from error
    return root


def children(element: Element, name: str) -> Iterator[Element]:
    """Children of that name, whatever its namespace."""
    return (each for each in element if _local(each) == name)


def child(element: Element, name: str) -> Element | None:
    """The first child of that name."""
    return next(children(element, name), None)


def inside(element: Element, name: str) -> Iterator[Element]:
    """Elements of that name, however deep."""
    return (each for each in element.iter() if _local(each) == name)


def content(element: Element | None) -> str:
    """Text of an element; empty without one."""
    return (element.text or "").strip() if element is not None else ""


def text(element: Element, name: str) -> str:
    """Text of the first child of that name; empty without one."""
    return content(child(element, name))


def number(element: Element, name: str) -> int:
    """Whole number in the first child of that name; 0 without one."""
    digits = text(element, name)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def job_document(settings: ScanSettings, colour_mode: str, media_type: str, reach: tuple[int, int]) -> bytes:
    """ScanSettings for a new job; elements stand in the order in which strict devices want them.

    Args:
        settings: what is asked for, within the capabilities of the device.
        colour_mode: mode in the words of eSCL.
        media_type: of the pages.
        reach: largest width and height, 1/300 inch.
    """
    width = min(round(settings.width_mm * _UNITS_PER_MM), reach[0])
    height = min(round(settings.height_mm * _UNITS_PER_MM), reach[1])
    is_glass = settings.source is Source.FLATBED
    duplex = "true" if settings.source is Source.FEEDER_DUPLEX else "false"
    sides = "" if is_glass else f"<scan:Duplex>{duplex}</scan:Duplex>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<scan:ScanSettings xmlns:pwg="{_PWG}" xmlns:scan="{_SCAN}"><pwg:Version>2.0</pwg:Version>'
        "<scan:Intent>Document</scan:Intent><pwg:ScanRegions><pwg:ScanRegion>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        f"<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
        f"<pwg:Width>{width}</pwg:Width><pwg:Height>{height}</pwg:Height>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{'Platen' if is_glass else 'Feeder'}</pwg:InputSource>"
        f"<scan:ColorMode>{colour_mode}</scan:ColorMode>"
        f"<pwg:DocumentFormat>{media_type}</pwg:DocumentFormat>"
        f"<scan:DocumentFormatExt>{media_type}</scan:DocumentFormatExt>"
        f"<scan:XResolution>{settings.dpi}</scan:XResolution>"
        f"<scan:YResolution>{settings.dpi}</scan:YResolution>"
        f"{sides}</scan:ScanSettings>"
    ).encode()


def _local(element: Element) -> str:
    """Name without its namespace; comments have none."""
    tag: object = element.tag  # typeshed calls it text; that of a comment is a function
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
