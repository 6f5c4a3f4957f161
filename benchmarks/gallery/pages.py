"""Which pages are shown, and what makes each difficult."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """One page of the gallery.

    Attributes:
        name: file name of its picture, without ending.
        folder: folder of a sample dossier, or "" for a page of the folder given on the command line.
        number: running number of the page in its dossier; 0 outside of dossiers.
        image: path below the given folder, where ``folder`` is empty.
        title: what people see.
        why: what makes it difficult.
    """

    name: str
    title: str
    why: str
    folder: str = ""
    number: int = 0
    image: str = ""


#: The committed samples, and two scans of public documents that come from the folder given.
SHOWN: Final = (
    ShownPage(
        name="01-photo", folder="03-dang-ky-ket-hon", number=1,
        title="Request for marriage registration, phone photo",
        why="perspective, uneven light, two columns (wife and husband) with the same labels",
    ),
    ShownPage(
        name="02-upside-down", folder="01-dang-ky-khai-sinh", number=2,
        title="Notice of birth, fed upside down",
        why="turned, 2.4° skew, a dark corner, a seal over the signer",
    ),
    ShownPage(
        name="03-shadow", folder="02-dang-ky-thuong-tru", number=7,
        title="Birth certificate, open lid", why="shadow of the binding, coloured frame, seal over text",
    ),
    ShownPage(
        name="04-boxes", folder="02-dang-ky-thuong-tru", number=1,
        title="CT01, grey 300 dpi", why="boxes for single digits, dotted leaders, a table of members",
    ),
    ShownPage(
        name="05-bilevel", folder="08-van-ban-hanh-chinh", number=4,
        title="Decision, 1 bit", why="no grey values, specks, upside down, 4.8° skew, a black seal",
    ),
    ShownPage(
        name="06-photocopy", folder="06-cap-ban-sao-trich-luc", number=1,
        title="Issued copy, grey 150 dpi", why="low resolution, specks, shadow, 4.6° skew",
    ),
    ShownPage(
        name="07-noise", folder="05-dang-ky-ho-kinh-doanh", number=6,
        title="Business certificate on its side", why="turned by 270°, colour noise, security print",
    ),
    ShownPage(
        name="08-card-back", folder="03-dang-ky-ket-hon", number=5,
        title="Back of an identity card, 200 dpi",
        why="5-point print over guilloche, machine zone, scattered words",
    ),
    ShownPage(
        name="09-stamp", image="scans/r07_kodak_p1.jpg",
        title="Public circular, real scan",
        why="an arrival stamp lies over three printed lines, italics, specks",
    ),
    ShownPage(
        name="10-worn-stamp", image="scans/r11_hp_p1.png",
        title="Public law, real 1-bit scan", why="a worn arrival stamp touches the title; handwriting in it",
    ),
)  # fmt: skip
