"""What a sandboxed child does for its parent: inspects files, reads pages, renders documents, cuts zones."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache

from dossiers.errors import EngineError
from dossiers.page import Region
from pipeline.child import Handler
from pipeline.codec import decode_result, encode_result
from pipeline.crops import crops_of
from pipeline.frames import WORK, Frame, Head, number_of, text_of
from pipeline.inspect_job import answer_inspect
from pipeline.job_names import CROP, INSPECT, PROBE, READ, RENDER, VIEW
from pipeline.limits import Limits
from pipeline.page import PageTools, read_page
from pipeline.page_view import view_of
from pipeline.pdf.archive_picture import ArchivePicture
from pipeline.pdf.document import DocumentPage, render_pdf
from pipeline.stages.decode import decode_page
from pipeline.stages.part import cut_part


def handlers(tools: Callable[[], PageTools], limits: Limits | None = None) -> Mapping[str, Handler]:
    """Returns the jobs by name.

    Args:
        tools: makes engine, classifier and extractors; called once, when they are first needed.
        limits: bounds of incoming files; the published ones if omitted.
    """
    bounds = limits or Limits()
    kept_tools = cache(tools)

    def probe(_: Frame) -> Frame:
        kept_tools()
        return Frame(head={"confined": os.environ.get("SOHOA_CONFINED", "")})

    def inspect(request: Frame) -> Frame:
        return answer_inspect(request, bounds)

    def read(request: Frame) -> Iterator[Frame]:
        content, index = request.parts[0], number_of(request.head, "index")
        decoded = decode_page(content, index, bounds)
        part = cut_part(decoded, _region(request.head)) if "region" in request.head else None
        work = decoded.image.width * decoded.image.height / bounds.max_working_pixels
        if work > 1:
            yield Frame(head={WORK: work})
        result = read_page(content, index, kept_tools(), bounds, part.page if part else decoded)
        result = part.placed(result) if part else result
        yield Frame(head={}, parts=(encode_result(result),))

    def render(request: Frame) -> Frame:
        return Frame(head={}, parts=(_rendered(request, bounds),))

    def crop(request: Frame) -> Frame:
        result, content = decode_result(request.parts[0]), request.parts[1]
        return Frame(head={}, parts=crops_of(content, number_of(request.head, "index"), result, bounds))

    def view(request: Frame) -> Frame:
        return Frame(head={}, parts=(_viewed(request, bounds),))

    return {PROBE: probe, INSPECT: inspect, READ: read, RENDER: render, CROP: crop, VIEW: view}


def _viewed(request: Frame, limits: Limits) -> bytes:
    """The page as read comes behind the file, where it was read."""
    head = request.head
    result = decode_result(request.parts[1]) if len(request.parts) > 1 else None
    return view_of(
        request.parts[0],
        number_of(head, "index"),
        limits,
        width=number_of(head, "width"),
        turned=number_of(head, "turned"),
        placement=result.placement if result else None,
        region=_region(head) if "region" in head else None,
    )


def _region(head: Head) -> Region:
    try:
        x0, y0, x1, y1, x2, y2, x3, y3 = (float(cell) for cell in text_of(head, "region").split())
    except ValueError as error:
        raise EngineError("BAD_REQUEST", "a part of a picture has four corners") from error
    return (x0, y0), (x1, y1), (x2, y2), (x3, y3)


def _rendered(request: Frame, limits: Limits) -> bytes:
    """Parts come in pairs, file and page result; equal files are sent once and referred to by number."""
    indices = text_of(request.head, "indices").split()
    sources = text_of(request.head, "sources").split()
    count = len(indices)
    files, results = request.parts[count:], request.parts[:count]
    pages = [
        DocumentPage(content=files[int(source)], index=int(index), result=decode_result(result))
        for index, source, result in zip(indices, sources, results, strict=True)
    ]
    created = datetime.fromisoformat(text_of(request.head, "created"))
    wanted = ArchivePicture(text_of(request.head, "pictures"))
    return render_pdf(pages, text_of(request.head, "title"), created, limits, wanted)
