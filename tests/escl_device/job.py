"""One scan job of the test device: its settings as the client wrote them, and its pages."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from PIL import Image, ImageDraw

_PWG = "{http://www.pwg.org/schemas/2010/12/sm}"
_SCAN = "{http://schemas.hp.com/imaging/escl/2011/05/03}"
_MODES = {"RGB24": "RGB", "Grayscale8": "L", "BlackAndWhite1": "1"}
_UNITS = "escl:ThreeHundredthsOfInches"


class BadSettings(Exception):
    """The client asks for something that the specification or the device does not know: HTTP 409."""


@dataclass
class Job:
    """A job.

    Attributes:
        source: ``Platen`` or ``Feeder``.
        duplex: both sides.
        mode: colour mode in the words of eSCL.
        dpi: resolution.
        size: width and height, 1/300 inch.
        file_format: media type of its pages.
        delivered: pages delivered.
        state: ``Processing``, ``Completed``, ``Canceled`` or ``Aborted``.
        later: answers 503 still to be given for the next page.
    """

    source: str
    duplex: bool
    mode: str
    dpi: int
    size: tuple[int, int]
    file_format: str
    delivered: int = 0
    state: str = "Processing"
    later: int = 0

    def picture(self, sheet: int, side: str) -> bytes:
        """A page with a number of bars, one a sheet; backs have a frame too."""
        width, height = (max(1, round(each * self.dpi / 300)) for each in self.size)
        page = Image.new("RGB", (width, height), "white")
        draw = ImageDraw.Draw(page)
        unit = max(2, self.dpi // 25)
        for bar in range(sheet % 64):
            across, down = bar % 8, bar // 8
            left, top = (4 + 3 * across) * unit, (4 + 3 * down) * unit
            draw.rectangle([left, top, left + unit, top + unit], fill="black")
        if side == "back":
            draw.rectangle([unit, unit, width - unit, height - unit], outline="black", width=unit // 2)
        return self._file(page.convert(_MODES[self.mode], dither=Image.Dither.NONE))

    def _file(self, page: Image.Image) -> bytes:
        file = io.BytesIO()
        if self.file_format == "application/pdf":
            page.save(file, "PDF", resolution=self.dpi)
        else:
            page.convert("L" if page.mode == "1" else page.mode).save(
                file, "JPEG", quality=90, dpi=(self.dpi, self.dpi)
            )
        return file.getvalue()


def read_picture(picture: Image.Image, dpi: int) -> tuple[int, str]:
    """The sheet (modulo 64) and side that a page was drawn for."""
    grey = picture.convert("L")
    unit = max(2, dpi // 25)
    centres = [
        ((4 + 3 * (bar % 8)) * unit + unit // 2, (4 + 3 * (bar // 8)) * unit + unit // 2) for bar in range(64)
    ]
    bars = sum(grey.getpixel(centre) < 128 for centre in centres)
    has_frame = grey.getpixel((grey.width // 2, unit + unit // 8)) < 128
    return bars, "back" if has_frame else "front"


def read_job(body: bytes, formats: tuple[str, ...], resolutions: tuple[int, ...]) -> Job:
    """A job of the client's ScanSettings; strict, because real devices are.

    Raises:
        BadSettings: something is missing, unknown or out of range.
    """
    try:
        root = ET.fromstring(body)
    except ET.ParseError as error:
        raise BadSettings from error
    if root.tag != f"{_SCAN}ScanSettings" or root.findtext(f"{_PWG}Version") is None:
        raise BadSettings
    region = root.find(f"{_PWG}ScanRegions/{_PWG}ScanRegion")
    if region is None or region.findtext(f"{_PWG}ContentRegionUnits") != _UNITS:
        raise BadSettings
    job = Job(
        source=root.findtext(f"{_PWG}InputSource") or "",
        duplex=root.findtext(f"{_SCAN}Duplex") == "true",
        mode=root.findtext(f"{_SCAN}ColorMode") or "",
        dpi=int(root.findtext(f"{_SCAN}XResolution") or 0),
        size=(int(region.findtext(f"{_PWG}Width") or 0), int(region.findtext(f"{_PWG}Height") or 0)),
        file_format=root.findtext(f"{_SCAN}DocumentFormatExt")
        or root.findtext(f"{_PWG}DocumentFormat")
        or "",
    )
    is_known = job.source in ("Platen", "Feeder") and job.mode in _MODES and job.file_format in formats
    fits = 16 <= job.size[0] <= 2550 and 16 <= job.size[1] <= (3508 if job.source == "Platen" else 4200)
    if not (
        is_known and fits and job.dpi in resolutions and root.findtext(f"{_SCAN}YResolution") == str(job.dpi)
    ):
        raise BadSettings
    return job
