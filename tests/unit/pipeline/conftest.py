"""Pages drawn for tests: real letters at known places, no file and no person."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossiers.reading import Box
from pipeline.geometry import Placement
from pipeline.image import PageImage
from pipeline.text import Block, Line, PageText, Word

_FONTS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)
_SENTENCES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Xét đề nghị của Trưởng phòng Kinh tế, Hạ tầng và Đô thị tại Tờ trình số 88,",
    "công nhận kết quả rà soát hộ nghèo, hộ cận nghèo trên địa bàn phường;",
    "giao Phòng Văn hóa và Xã hội chủ trì, phối hợp với các khu phố niêm yết",
    "công khai danh sách, cấp giấy chứng nhận và cập nhật dữ liệu vào phần mềm",
    "quản lý trước ngày 30 tháng 10 năm 2025; quyết định này có hiệu lực từ ngày ký.",
)


@pytest.fixture(scope="session")
def font_path() -> str:
    for path in _FONTS:
        if Path(path).is_file():
            return path
    pytest.skip("no font with Vietnamese letters")


@pytest.fixture(scope="session")
def letter_page(font_path: str) -> Callable[..., PageImage]:
    """Draws an A4 page of Vietnamese print at 150 dpi unless told otherwise."""

    def draw(dpi: float = 150.0, rows: int = 24, *, colour: bool = False) -> PageImage:
        size = (round(8.27 * dpi), round(11.69 * dpi))
        picture = Image.new("RGB", size, "white")
        pen = ImageDraw.Draw(picture)
        font = ImageFont.truetype(font_path, round(dpi / 72 * 12))
        for row in range(rows):
            text = _SENTENCES[row % len(_SENTENCES)]
            pen.text((0.9 * dpi, dpi + row * 0.3 * dpi), text, font=font, fill=(20, 20, 20))
        pixels = np.asarray(picture if colour else picture.convert("L"), dtype=np.uint8)
        return PageImage(pixels=pixels, dpi=dpi)

    return draw


@pytest.fixture
def as_file() -> Callable[..., bytes]:
    """Writes pixels as a file of a format."""

    def write(image: PageImage, kind: str = "PNG", **options: object) -> bytes:
        target = io.BytesIO()
        picture = Image.fromarray(image.pixels)
        if kind == "PDF":
            picture.save(target, kind, resolution=image.dpi, **options)
        else:
            picture.save(target, kind, dpi=(image.dpi, image.dpi), **options)
        return target.getvalue()

    return write


@pytest.fixture
def words_at() -> Callable[..., Line]:
    """Makes a line of words from (text, left) pairs at a height, 20 px high, 10 px a letter."""

    def make(top: int, *words: tuple[str, int]) -> Line:
        made = tuple(
            Word(
                text=text,
                box=Box(left=left, top=top, right=left + 10 * len(text), bottom=top + 20),
                confidence=0.9,
            )
            for text, left in words
        )
        return Line(
            words=made,
            box=Box(left=made[0].box.left, top=top, right=made[-1].box.right, bottom=top + 20),
        )

    return make


@pytest.fixture
def text_of_lines() -> Callable[..., PageText]:
    """Makes a page text of one block of lines, 1000 x 1400 px at 100 dpi."""

    def make(*lines: Line) -> PageText:
        box = Box(left=0, top=0, right=1000, bottom=1400)
        blocks = (Block(lines=lines, box=box),) if lines else ()
        return PageText(width=1000, height=1400, dpi=100.0, blocks=blocks)

    return make


@pytest.fixture
def plain_placement() -> Placement:
    """An upright page that is its original."""
    return Placement(
        original_width=1000, original_height=1400, width=1000, height=1400, dpi=100.0,
        rotated_degrees=0, skew_degrees=0.0, to_original=(1, 0, 0, 0, 1, 0, 0, 0, 1),
    )  # fmt: skip
