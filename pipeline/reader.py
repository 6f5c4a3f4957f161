"""The parent's view of page processing: every call runs in a sandboxed child.

One reader serves one thread; give each worker thread its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dossiers.errors import EngineError, IntegrityError
from dossiers.page import Region
from dossiers.reading import PageReading
from pipeline.codec import check_result, decode_result
from pipeline.frames import Frame, Head, number_of, text_of
from pipeline.inspection import Inspection
from pipeline.job_names import CROP, INSPECT, PROBE, READ, RENDER, VIEW
from pipeline.page_result import PageResult
from pipeline.pdf.archive_picture import ArchivePicture
from pipeline.sandbox import Sandbox

#: The date that a PDF carries where none is given: the same pages then give the same bytes for ever.
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """One page of a document to be rendered or cut.

    Attributes:
        content: bytes of the original file.
        index: 0-based page in it.
        artefact: what reading the page gave, as ``encode_result`` wrote it; the child that decodes the page
            reads it too.
    """

    content: bytes
    index: int
    artefact: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What reading a page gave, to be kept.

    Attributes:
        reading: what filing needs.
        artefact: the full result as ``encode_result`` writes it.
    """

    reading: PageReading
    artefact: bytes


class PageReader:
    """Inspects, reads and renders through one sandbox."""

    def __init__(self, sandbox: Sandbox, pictures: ArchivePicture = ArchivePicture.ORIGINAL) -> None:
        self._sandbox = sandbox
        self._pictures = pictures

    @property
    def is_started(self) -> bool:
        """Whether its child is there: the next call need not wait for it to load."""
        return self._sandbox.pid is not None

    def probe(self) -> tuple[str, ...]:
        """Loads the tools of the child; may be repeated.

        Returns:
            What the kernel holds the child by, see ``pipeline.confine``.

        Raises:
            ConfigurationError: a tool is missing.
            EngineError: the child failed or took too long.
        """
        return tuple(text_of(self._sandbox.ask(Frame(head={"job": PROBE})).head, "confined").split())

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        """Checks a file (see ``inspect_file``); may be repeated.

        Raises:
            InputError: the file is refused.
            EngineError: the child failed or took too long.
        """
        answer = self._sandbox.ask(Frame(head={"job": INSPECT, "suffix": suffix}, parts=(content,)))
        return Inspection(
            media_type=text_of(answer.head, "media_type"),
            page_count=number_of(answer.head, "page_count"),
            flags=tuple(text_of(answer.head, "flags").split()),
        )

    def read(self, content: bytes, index: int, region: Region | None = None) -> PageResult:
        """Reads the page with 0-based ``index``, or the part of it within ``region``; may be repeated.

        Raises:
            InputError: the page cannot be decoded.
            EngineError: the engine or the child failed or took too long.
        """
        artefact = self._read(content, index, region)
        try:
            return decode_result(artefact)
        except IntegrityError as error:
            raise _bad_output() from error

    def read_to_keep(self, content: bytes, index: int, region: Region | None = None) -> ReadPage:
        """The same for whoever keeps the result: its bytes are checked, not made into values and back."""
        artefact = self._read(content, index, region)
        try:
            return ReadPage(reading=check_result(artefact), artefact=artefact)
        except IntegrityError as error:
            raise _bad_output() from error

    def render_pdf(self, pages: Sequence[PdfPage], title: str, created: datetime | None = None) -> bytes:
        """Returns a searchable PDF/A-2b of the upright pages; the same input gives the same bytes.

        Args:
            pages: at least one, in order.
            title: what the document is called in its metadata.
            created: date for its metadata, with a time zone; a fixed one if omitted.

        Raises:
            InputError: a page cannot be decoded.
            EngineError: the child failed or took too long.
        """
        files = list(dict.fromkeys(page.content for page in pages))
        number = {content: place for place, content in enumerate(files)}
        head: Head = {
            "job": RENDER,
            "title": title,
            "pictures": self._pictures.value,
            "created": (created or _NO_DATE).isoformat(),
            "indices": " ".join(str(page.index) for page in pages),
            "sources": " ".join(str(number[page.content]) for page in pages),
        }
        results = tuple(page.artefact for page in pages)
        return _only_part(self._sandbox.ask(Frame(head=head, parts=(*results, *files))))

    def crops(self, page: PdfPage) -> tuple[bytes, ...]:
        """Returns the handwritten zones of a page as PNG, in the order of ``crops.handwritten_zones``.

        Raises:
            InputError: the page cannot be decoded.
            EngineError: the child failed or took too long.
        """
        parts = (page.artefact, page.content)
        return self._sandbox.ask(Frame(head={"job": CROP, "index": page.index}, parts=parts)).parts

    def view(
        self, content: bytes, index: int, *, width: int, turned: int, region: Region | None, result: bytes
    ) -> bytes:
        """Returns a small upright JPEG of a page for a screen, see ``page_view.view_of``.

        Args:
            content: bytes of the original file.
            index: which page of it, from 0.
            width: px across the upright page, 16 to 4,000.
            turned: clockwise turn by a clerk: 0, 90, 180 or 270.
            region: the part of the picture that is the page.
            result: the stored result of reading the page; empty where it was not read.

        Raises:
            InputError: the page cannot be decoded.
            EngineError: the child failed or took too long.
        """
        head: Head = {"job": VIEW, "index": index, "width": width, "turned": turned}
        if region is not None:
            head = {**head, "region": _corners(region)}
        parts = (content, result) if result else (content,)
        return _only_part(self._sandbox.ask(Frame(head=head, parts=parts)))

    def close(self) -> None:
        """Ends the child, even at work; may be called from any thread and twice."""
        self._sandbox.close()

    def _read(self, content: bytes, index: int, region: Region | None) -> bytes:
        head: Head = {"job": READ, "index": index}
        if region is not None:
            head = {**head, "region": _corners(region)}
        return _only_part(self._sandbox.ask(Frame(head=head, parts=(content,))))


def _bad_output() -> EngineError:
    return EngineError("BAD_OUTPUT", "the page process gave no page result")


def _corners(region: Region) -> str:
    return " ".join(repr(float(cell)) for corner in region for cell in corner)


def _only_part(answer: Frame) -> bytes:
    if len(answer.parts) != 1:
        raise EngineError("BAD_OUTPUT", "the page process gave no result")
    return answer.parts[0]
