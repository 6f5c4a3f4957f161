"""The papers that lie in a simulated feeder: the pages of the files of one folder, one picture each.

Pictures are decoded in this process: a simulated scanner is for folders that the office itself made, the
sample dossiers above all, never for what strangers send.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import RawPage
from scanners.folder import FolderSource

_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"})
_MAX_BYTES: Final = 200 * 1024 * 1024
#: Resolution of pictures that do not say theirs, dots per inch.
_UNKNOWN_DPI: Final = 200.0
_POINTS_PER_INCH: Final = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One page of one file."""

    path: Path
    index: int


def papers_in(folder: Path) -> tuple[Paper, ...]:
    """Every page of the folder, files in the order in which people count.

    Raises:
        DeviceError: ``OFFLINE``: there is no such folder.
    """
    if not folder.is_dir():
        raise DeviceError(DeviceCode.OFFLINE, "no such folder")
    return tuple(
        Paper(path=path, index=index) for path in _files(folder) for index in range(_count(_content(path)))
    )


def picture_of(paper: Paper, dpi: int) -> Image.Image:
    """The page upright as it lies in the file, at the resolution, in mode ``RGB``.

    Raises:
        DeviceError: ``DRIVER_FAILED``: the file cannot be read.
    """
    with _readable():
        content = _content(paper.path)
        if content.startswith(b"%PDF"):
            with pypdfium2.PdfDocument(content) as document:
                drawn = document[paper.index].render(scale=dpi / _POINTS_PER_INCH)
                drawn_page: Image.Image = drawn.to_pil().convert("RGB")
                return drawn_page
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF")) as image:
            image.seek(paper.index)
            scale = dpi / _dpi(image)
            upright = ImageOps.exif_transpose(image).convert("RGB")
        size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
        return upright if size == upright.size else upright.resize(size, Image.Resampling.BICUBIC)


def _files(folder: Path) -> Sequence[Path]:
    source = FolderSource([folder], _MAX_BYTES)
    return [path for path in source.paths if path.suffix.lower() in _SUFFIXES]


def _content(path: Path) -> bytes:
    item = next(iter(FolderSource([path], _MAX_BYTES).scan()))
    if not isinstance(item, RawPage):
        raise DeviceError(DeviceCode.DRIVER_FAILED, f"{path.name}: {item.reason.value}")
    return item.content


def _count(content: bytes) -> int:
    with _readable():
        if content.startswith(b"%PDF"):
            with pypdfium2.PdfDocument(content) as document:
                return len(document)
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF")) as image:
            return int(getattr(image, "n_frames", 1))


def _dpi(image: Image.Image) -> float:
    horizontal = float(image.info.get("dpi", (_UNKNOWN_DPI, _UNKNOWN_DPI))[0])
    return horizontal if horizontal > 1 else _UNKNOWN_DPI


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, pypdfium2.PdfiumError) as error:
        raise DeviceError(DeviceCode.DRIVER_FAILED, "a file of the folder cannot be read") from error
