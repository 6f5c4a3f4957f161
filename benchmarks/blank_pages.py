"""Pages for measuring blank detection: blank backs as scanners see them, and backs with next to nothing."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from pipeline.limits import Limits
from pipeline.stages.decode import decode_page
from samples.generator.canvas import MASTER_DPI, Canvas
from samples.generator.ink import seal, signature
from samples.generator.scanner import ScanSettings, as_picture, scan
from samples.generator.scene import Scene
from samples.generator.style import BLUE, Span, Style

#: A4, mm.
_WIDTH: Final = 210.0
_HEIGHT: Final = 297.0
#: What happens to backs; every page draws some of these.
_DEGRADATIONS: Final = (
    "speckle", "uneven_light", "shadow", "blur", "noise", "punch_holes", "photocopy", "dirty_glass",
)  # fmt: skip
_PENCIL: Final = (120, 120, 126)
_PALE_RED: Final = (226, 148, 152)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage:
    """One page of the benchmark.

    Attributes:
        name: what it is, for people.
        content: the file.
        dpi: its resolution.
        is_blank: the truth.
        front: the other side of the sheet, where it is known.
    """

    name: str
    content: bytes
    dpi: int
    is_blank: bool
    front: bytes | None = None


def pages_of(folder: Path) -> Iterator[TrialPage]:
    """Every page of every dossier of a folder of samples; the page before a blank is its other side."""
    for path in sorted(folder.glob("*/truth.json")):
        before: bytes | None = None
        for page in json.loads(path.read_text(encoding="utf-8"))["pages"]:
            content, dpi = _single(path.parent / page["file"], page["index"])
            yield TrialPage(
                name=f"{path.parent.name}/{page['file']}#{page['index']}",
                content=content,
                dpi=dpi,
                is_blank=page["blank"],
                front=before if page["blank"] else None,
            )
            before = content


def drawn_pages(split: str, seed: int, count: int, fronts: list[bytes]) -> Iterator[TrialPage]:
    """Backs with nothing and backs with next to nothing, half of each.

    Args:
        split: of the sample generator: its fonts and hands.
        seed: draws other pages.
        count: how many.
        fronts: scans of printed pages; what is on them shines through.
    """
    scene = Scene(split, f"blank/{seed}")
    rng = scene.rng
    for number in range(count):
        back = Canvas(_WIDTH, _HEIGHT, scene.fonts)
        is_blank = number % 2 == 0
        what = "" if is_blank else _put_something(back, scene)
        names = tuple(name for name in _DEGRADATIONS if rng.random() < 0.25)
        # One bit does not show what is pale: nobody can find it there.
        is_pale = what in ("pencil", "pale seal")
        mode = rng.choice(("color", "color", "gray", "color" if is_pale else "bilevel"))
        dpi = rng.choice((150, 200, 200, 300))
        shine = rng.choice(("bleed_through", "bleed_through", "thin_paper", ""))
        settings = ScanSettings(
            dpi=dpi, mode=mode, skew=rng.uniform(-2, 2), degradations=(*names, *((shine,) if shine else ()))
        )
        printed = _upright(rng.choice(fronts))
        behind = _as_canvas(printed, scene)
        side = round(_WIDTH * dpi / 25.4), round(_HEIGHT * dpi / 25.4)
        front = behind.image.convert("RGB").resize(side).rotate(settings.skew, fillcolor=(255, 255, 255))
        yield TrialPage(
            name=f"{number}: {what or 'blank'}, {mode}, {dpi} dpi, {', '.join(settings.degradations)}",
            content=_file(as_picture(scan(back, settings, rng, behind)), dpi),
            dpi=dpi,
            is_blank=is_blank,
            front=_file(front, dpi) if rng.random() < 0.8 else None,
        )


def _put_something(back: Canvas, scene: Scene) -> str:
    rng = scene.rng
    x, y = rng.uniform(25, 130), rng.uniform(25, 260)
    what = rng.choice(("digit", "word", "pencil", "pen", "seal", "pale seal", "signature", "line", "dots"))
    if what == "digit":
        back.write(x, y, Span(text=rng.choice("23456789"), style=Style(size=12)))
    elif what == "word":
        back.write(
            x, y, Span(text=rng.choice(("Hết", "Trang sau", "Bản chính", "TM.")), style=Style(size=11))
        )
    elif what in ("pencil", "pen"):
        colour = _PENCIL if what == "pencil" else BLUE
        text = rng.choice(("đã đối chiếu", "nhận ngày 12/3", "hẹn chiều thứ năm"))
        back.write(x, y, Span(text=text, style=Style(size=13, colour=colour, hand=f"{rng.random()}")))
    elif what == "signature":
        back.stamp(signature(rng), x, y, 35)
    elif what == "line":
        back.rule(x, y, x + 50, y, width=0.3)
    elif what == "dots":
        back.leader(x, x + 60, y)
    else:
        ring = seal("Ủy ban nhân dân phường", "Việt Nam", scene.fonts, rng)
        if what == "pale seal":
            flat = Image.new("RGBA", ring.size, (*_PALE_RED, 0))
            flat.putalpha(ring.getchannel("A"))
            ring = flat
        back.stamp(ring, min(x, 150), min(y, 240), 36)
    return what


def _upright(content: bytes) -> Image.Image:
    """A printed page in the size of a sheet, standing or lying as it is."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def _as_canvas(printed: Image.Image, scene: Scene) -> Canvas:
    canvas = Canvas(_WIDTH, _HEIGHT, scene.fonts)
    side = round(_WIDTH * MASTER_DPI / 25.4), round(_HEIGHT * MASTER_DPI / 25.4)
    canvas.image.paste(printed.resize(side), (0, 0))
    return canvas


def _file(picture: Image.Image, dpi: int) -> bytes:
    """As our drivers write pages."""
    file = io.BytesIO()
    if picture.mode == "1":
        picture.save(file, "TIFF", compression="group4", dpi=(dpi, dpi))
    else:
        picture.save(file, "JPEG", quality=92, subsampling=0, dpi=(dpi, dpi))
    return file.getvalue()


def _single(path: Path, index: int) -> tuple[bytes, int]:
    """One page of a file as a file of its own; one that is a page already stays as it is."""
    content = path.read_bytes()
    decoded = decode_page(content, index, Limits()).image
    dpi = round(decoded.dpi)
    if index == 0 and path.suffix in (".jpg", ".png"):
        return content, dpi
    picture = Image.fromarray(decoded.pixels)
    return _file(picture.convert("1") if decoded.is_bilevel else picture, dpi), dpi


def printed_fronts(folder: Path, count: int, seed: int) -> list[bytes]:
    """So many printed pages of a folder, drawn at random."""
    sheets = [page.content for page in pages_of(folder) if not page.is_blank and _is_sheet(page.content)]
    return random.Random(seed).sample(sheets, min(count, len(sheets)))


def _is_sheet(content: bytes) -> bool:
    width, height = Image.open(io.BytesIO(content)).size
    return 1.35 < height / width < 1.5
