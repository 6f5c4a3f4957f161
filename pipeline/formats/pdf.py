"""PDF files: two parsers must agree on the pages, every stream must unfold within the limit."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pikepdf
import pypdfium2

from dossiers.errors import InputCode, InputError
from pipeline.formats import jpeg
from pipeline.formats.inflate import inflated_size
from pipeline.formats.pillow import check_size
from pipeline.limits import Limits

#: Keys of a dictionary that make a viewer do something or carry a file along.
_ACTIVE_KEYS: Final = (
    "/JS",
    "/JavaScript",
    "/Launch",
    "/EmbeddedFiles",
    "/EF",
    "/XFA",
    "/AA",
    "/RichMediaContent",
)
#: Kinds of action that do something.
_ACTIVE_ACTIONS: Final = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI")
_JPEG_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}
#: Dictionaries inside dictionaries are looked at down to this depth.
_DEPTH: Final = 8
#: Rendering a page this small costs little and still makes pdfium read all of it, px across.
_PROBE_WIDTH: Final = 64


@contextmanager
def opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    """Opens a PDF for reading.

    Raises:
        InputError: ENCRYPTED where a password is needed, DAMAGED where it is no PDF.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise InputError(InputCode.ENCRYPTED) from error
    except (
        pikepdf.PdfError,
        RuntimeError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
    ) as error:
        raise InputError(InputCode.DAMAGED, type(error).__name__) from error
    except MemoryError as error:
        raise InputError(InputCode.LIMIT_EXCEEDED, "memory") from error


@contextmanager
def rendered(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Opens a PDF with pdfium.

    Raises:
        InputError: ENCRYPTED or DAMAGED.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise InputError(InputCode.ENCRYPTED if is_locked else InputCode.DAMAGED, "pdfium") from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise InputError(InputCode.DAMAGED, "pdfium") from error
    finally:
        document.close()


def check(content: bytes, limits: Limits) -> tuple[int, tuple[str, ...]]:
    """Checks structure, streams and pages.

    Returns:
        The number of pages and stable flags (see ``Inspection``).

    Raises:
        InputError: ENCRYPTED, DAMAGED, EMPTY or LIMIT_EXCEEDED.
    """
    deadline = time.monotonic() + limits.check_seconds
    with opened(content) as pdf:
        count = _count_pages(pdf, limits)
        flags = _check_objects(pdf, limits, deadline)
        for page in pdf.pages:
            _check_page(page)
        if pdf.is_encrypted:
            flags.append("ENCRYPTED_WITHOUT_PASSWORD")
        is_repaired = bool(pdf.get_warnings())
    is_complete = _render_all(content, count, deadline)
    if is_repaired:
        flags.append("REPAIRED")
    if not is_complete:
        flags.append("UNCHECKED_PAGES")
    return count, tuple(dict.fromkeys(flags))


def _count_pages(pdf: pikepdf.Pdf, limits: Limits) -> int:
    count = len(pdf.pages)
    if count > limits.max_pages:
        raise InputError(InputCode.LIMIT_EXCEEDED, "pages")
    promised = pdf.Root.Pages.get("/Count", count)
    if not isinstance(promised, int) or promised > count:
        raise InputError(InputCode.DAMAGED, "pages are missing")
    if not count:
        raise InputError(InputCode.EMPTY, "PDF without pages")
    return count


def _check_objects(pdf: pikepdf.Pdf, limits: Limits, deadline: float) -> list[str]:
    flags: list[str] = []
    room = limits.max_inflated_bytes
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            room -= inflated_size(each, room)
            _check_image(each, limits, is_decoded=time.monotonic() < deadline)
        for part in _direct_parts(each, _DEPTH):
            flags.extend(_flags_of(part))
    return flags


def _direct_parts(each: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    """Walks dictionaries written inside an object; what is only referred to is walked as its own object."""
    is_dictionary = isinstance(each, (pikepdf.Stream, pikepdf.Dictionary))
    if is_dictionary:
        yield each
    if depth and (is_dictionary or isinstance(each, pikepdf.Array)):
        for child in each.values() if is_dictionary else each:
            if isinstance(child, (pikepdf.Dictionary, pikepdf.Array)) and not child.is_indirect:
                yield from _direct_parts(child, depth - 1)


def _flags_of(each: pikepdf.Object) -> Iterator[str]:
    if any(key in each for key in _ACTIVE_KEYS) or str(each.get("/S", "")) in _ACTIVE_ACTIONS:
        yield "ACTIVE_CONTENT"
    if "/ByteRange" in each and "/Contents" in each:
        yield "SIGNED"


def _check_image(stream: pikepdf.Object, limits: Limits, *, is_decoded: bool) -> None:
    if stream.get("/Subtype") != "/Image":
        return
    check_size(int(stream.get("/Width", 0)), int(stream.get("/Height", 0)), limits)
    if is_decoded and _filters(stream) == ["/DCTDecode"]:
        raw = stream.read_raw_bytes()
        jpeg.check_stream(raw, _JPEG_MODES[_components(raw)])


def _filters(stream: pikepdf.Object) -> list[str]:
    value = stream.get("/Filter", pikepdf.Array())
    return [str(each) for each in value] if isinstance(value, pikepdf.Array) else [str(value)]


def _components(raw: bytes) -> int:
    """Returns the number of colour components that the frame header of a JPEG stream states."""
    position = 2
    while position + 9 < len(raw) and raw[position] == 0xFF:
        marker = raw[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return raw[position + 9] if raw[position + 9] in _JPEG_MODES else 3
        position += 2 if marker == 0xFF else 2 + int.from_bytes(raw[position + 2 : position + 4], "big")
    return 3


def _check_page(page: pikepdf.Page) -> None:
    """Looks whether what the page is made of is there: a cut file leaves references to nothing."""
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    if contents is not None and not all(isinstance(part, pikepdf.Stream) for part in parts):
        raise InputError(InputCode.DAMAGED, "page content is missing")
    if not all(isinstance(each, pikepdf.Stream) for each in page.resources.get("/XObject", {}).values()):
        raise InputError(InputCode.DAMAGED, "page image is missing")


def _render_all(content: bytes, count: int, deadline: float) -> bool:
    """Renders every page very small with the second parser; returns whether time sufficed for all."""
    with rendered(content) as document:
        if len(document) != count:
            raise InputError(InputCode.DAMAGED, "two readers count different pages")
        for index in range(count):
            if time.monotonic() > deadline:
                return False
            page = document[index]
            page.render(scale=min(1.0, _PROBE_WIDTH / max(1.0, *page.get_size())), may_draw_forms=False)
            page.close()
    return True
