"""Reads a densely printed large sheet as production does: does it pass, what does it cost, is any word lost?

    python -m benchmarks.large_sheet             A0 at 300 dpi in colour: 139 megapixels
    python -m benchmarks.large_sheet --paper A1  a smaller one

Every few words a number stands that occurs only once: a number that is missing was lost or misread, one
that occurs twice was read in two parts.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.processes import children_cpu_seconds, children_peak_bytes
from benchmarks.tables import mebibytes, seconds, table
from pipeline.codec import encode_result
from pipeline.reader import PdfPage
from sohoa.bootstrap import make_reader
from sohoa.settings import Settings

_PAPERS_MM: Final = {"A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420)}
_FONT: Final = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
_TEXT: Final = (
    "quy hoạch sử dụng đất đến năm của phường được duyệt kèm theo bản vẽ tỷ lệ khu vực giáp ranh đường "
    "giao thông hành lang an toàn công trình thửa số tờ bản đồ diện tích mục đích thời hạn nguồn gốc"
)
#: Text size, points; margins, mm; words between two numbers.
_POINTS: Final = 12
_MARGIN_MM: Final = 15
_NUMBER_EVERY: Final = 6


def main(arguments: Sequence[str] | None = None) -> int:
    """Draws, reads and renders the sheet; returns the exit code."""
    options = _parser().parse_args(arguments)
    content, numbers, size = draw(options.paper, options.dpi)
    reader = make_reader(Settings(data_dir=Path(tempfile.gettempdir()), workers=1))
    try:
        started = time.monotonic()
        seen = reader.inspect(content, ".jpg")
        inspected, inspect_peak = time.monotonic(), children_peak_bytes()
        result = reader.read(content, 0)
        read, cpu, read_peak = time.monotonic(), children_cpu_seconds(), children_peak_bytes()
        page = PdfPage(content=content, index=0, artefact=encode_result(result))
        pdf = reader.render_pdf([page], options.paper)
        rendered, peak = time.monotonic(), children_peak_bytes()
    finally:
        reader.close()
    counts = Counter(word.text.strip(".,;:") for word in result.text.words)
    rows = [
        ["Sheet", f"{options.paper}, {size[0]} x {size[1]} px, {len(content) / 2**20:.0f} MB JPEG"],
        ["Pages found", str(seen.page_count)],
        ["Wall seconds: checked, read, PDF",
         f"{inspected - started:.1f}, {read - inspected:.1f}, {rendered - read:.1f}"],
        ["CPU until it was read", seconds(cpu)],
        ["Peak memory of the page process: checked, read, PDF",
         f"{mebibytes(inspect_peak)}, {mebibytes(read_peak)}, {mebibytes(peak)}"],
        ["Size of the PDF", mebibytes(len(pdf))],
        ["Words read", str(len(result.text.words))],
        ["Numbers printed", str(len(numbers))],
        ["Numbers missing or misread", str(sum(counts[number] == 0 for number in numbers))],
        ["Numbers read twice", str(sum(counts[number] > 1 for number in numbers))],
    ]  # fmt: skip
    print(table(("Large sheet", "Measured"), rows))
    return 0


def draw(paper: str, dpi: int) -> tuple[bytes, list[str], tuple[int, int]]:
    """Returns a JPEG full of lines that run from margin to margin, its numbers, and its size in px."""
    across, down = (round(mm / 25.4 * dpi) for mm in _PAPERS_MM[paper])
    margin, font = round(_MARGIN_MM / 25.4 * dpi), ImageFont.truetype(_FONT, round(_POINTS / 72 * dpi))
    picture = Image.new("RGB", (across, down), (252, 250, 246))
    words = _TEXT.split()
    pen, numbers, place = ImageDraw.Draw(picture), list[str](), 0
    for top in range(margin, down - 2 * margin, round(1.5 * _POINTS / 72 * dpi)):
        left = float(margin)
        while True:
            is_number = place % _NUMBER_EVERY == 0
            word = str(10007 + 7 * len(numbers)) if is_number else words[place % len(words)]
            width = pen.textlength(word + " ", font=font)
            if left + width > across - margin:
                break
            pen.text((left, top), word, font=font, fill=(25, 25, 30))
            numbers += [word] if is_number else []
            left, place = left + width, place + 1
    content = io.BytesIO()
    _grained(picture).save(content, "JPEG", quality=85, dpi=(dpi, dpi))
    return content.getvalue(), numbers, (across, down)


def _grained(picture: Image.Image) -> Image.Image:
    """Adds the grain of a sensor in place, row by row: a whole picture of noise would not fit beside it."""
    pixels = np.array(picture)
    rng = np.random.default_rng(5)
    for row in pixels:
        np.clip(row + rng.integers(-4, 5, row.shape, np.int16), 0, 255, out=row, casting="unsafe")
    return Image.fromarray(pixels)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.large_sheet",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--paper", choices=tuple(_PAPERS_MM), default="A0", help="size (%(default)s)")
    parser.add_argument("--dpi", type=int, default=300, help="resolution (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
