"""What a PDF/A says about itself: its standard, title, date and the meaning of its colours."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

import pikepdf
from PIL import ImageCms

from pipeline.pdf.streams import add_deflated

PRODUCER: Final = "Sohoa"
#: Bytes of an ICC header that hold the moment of its making and its identifier.
_ICC_DATE: Final = slice(24, 36)
_ICC_ID: Final = slice(84, 100)
_FIXED_DATE: Final = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def add_metadata(pdf: pikepdf.Pdf, title: str, created: datetime) -> None:
    """Declares PDF/A-2b, sRGB, Vietnamese, the title and the date.

    Args:
        pdf: a new document.
        title: any text; control characters are left out.
        created: with a time zone.
    """
    clean = "".join(each for each in title if each.isprintable())
    moment = created.replace(microsecond=0)
    xmp = _XMP.format(title=escape(clean), producer=PRODUCER, date=moment.isoformat())
    stream = pikepdf.Stream(pdf, xmp.encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    profile = add_deflated(pdf, srgb_profile(), b"\0")
    profile.N, profile.Alternate = 3, pikepdf.Name.DeviceRGB
    pdf.Root.OutputIntents = pikepdf.Array([
        pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1, DestOutputProfile=profile,
            OutputConditionIdentifier=pikepdf.String("sRGB"), Info=pikepdf.String("sRGB IEC61966-2.1"),
        )
    ])  # fmt: skip
    pdf.Root.Lang = pikepdf.String("vi-VN")
    pdf.docinfo["/Title"], pdf.docinfo["/Producer"] = clean, PRODUCER
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = _pdf_date(moment)


@cache
def srgb_profile() -> bytes:
    """Returns an sRGB profile, the same bytes every time."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_ICC_DATE] = _FIXED_DATE
    profile[_ICC_ID] = bytes(16)
    return bytes(profile)


def _pdf_date(moment: datetime) -> str:
    offset = moment.strftime("%z")
    zone = f"{offset[:3]}'{offset[3:5]}'" if offset else "Z"
    return f"D:{moment:%Y%m%d%H%M%S}{zone}"
