"""Evidence laid over finished papers: copy stamps, edge seals, printed electronic signatures, notes by pen.

Each draws from a random source of its own, so that the papers under it stay as they are.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Final

from PIL import Image

from samples.generator.canvas import Canvas, merge
from samples.generator.ink import seal
from samples.generator.scene import Paper, Scene
from samples.generator.stamps import stamp
from samples.generator.style import BLUE, Colour, Span, Style
from samples.generator.wording import slashed

_INKS: Final[tuple[Colour, ...]] = ((196, 24, 34), (30, 50, 150), (24, 24, 28))
#: One stamp covers at most so many sheets (domain facts, section 4).
_SHEETS_A_SEAL: Final = 5
_NOTES: Final = (
    "Đã kiểm tra bản chính",
    "Chuyển Văn phòng xử lý",
    "Đã nhận đủ hồ sơ",
    "Bổ sung trước ngày hẹn",
    "Đ/c Hạnh phối hợp giải quyết",
)


def copy_stamp(
    scene: Scene, canvas: Canvas, words: str = "BẢN SAO", *, x: float = 150.0, y: float = 8.0
) -> None:
    """A framed rubber stamp ``BẢN SAO`` or ``SAO Y BẢN CHÍNH``, top right unless said otherwise."""
    rng = scene.beside(f"copy stamp/{words}/{x}/{y}")
    picture = stamp((words,), rng.choice(_INKS), scene.fonts, rng)
    kind = "sao_y" if words.startswith("SAO") else "ban_sao"
    canvas.stamp(
        picture, x + rng.uniform(-6, 4), y + rng.uniform(-1, 5), 34 if len(words) < 9 else 44, kind, words
    )
    canvas.seal_text.append(words)


def edge_seal(scene: Scene, paper: Paper, around: str, below: str) -> None:
    """A seal over the right edges of the fanned sheets: each front gets a strip of it."""
    rng = scene.beside(f"edge seal/{around}")
    fronts = [sheet.canvas for sheet in paper.sheets]
    for start in range(0, len(fronts), _SHEETS_A_SEAL):
        group = fronts[start : start + _SHEETS_A_SEAL]
        picture = seal(around, below, scene.fonts, rng)
        y = rng.uniform(100, 190)
        for number, canvas in enumerate(group):
            _strip(canvas, picture, y + rng.uniform(-1.5, 1.5), number, max(2, len(group)), rng)


def _strip(
    canvas: Canvas, picture: Image.Image, y: float, number: int, parts: int, rng: random.Random
) -> None:
    """One part of the seal at the right margin; an only sheet gets the half that does not miss it."""
    wide = picture.width / parts
    part = picture.crop((round(number * wide), 0, round((number + 1) * wide), picture.height))
    width = 36 / parts
    canvas.stamp(part, canvas.width - width - rng.uniform(0, 0.6), y, width, "edge_seal")


def e_signature(
    scene: Scene, canvas: Canvas, signer: str, office: str, *, x: float = 134.0, y: float = 9.0
) -> None:
    """The printed look of an electronic signature at the top right (decree 30/2020, annex)."""
    day: date = scene.before(4)
    style = Style(size=8.6)
    lines = (f"Người ký: {signer}", f"Cơ quan: {office}", f"Thời gian ký: {slashed(day)} 09:41:07 +07:00")
    for number, line in enumerate(lines):
        canvas.write(x, y + 3.6 * number, Span(text=line, style=canvas.fit(line, style, 70)))
    area = merge([line.area for line in canvas.lines[-3:]])
    canvas.note_mark("e_signature", area, " ".join(lines))


def pen_note(scene: Scene, canvas: Canvas, x: float, y: float, *, words: Sequence[str] = _NOTES) -> None:
    """A remark that a clerk wrote on the paper with a pen."""
    rng = scene.beside(f"pen note/{x}/{y}")
    style = Style(size=rng.uniform(13, 16), colour=BLUE, hand=f"note/{rng.random()}")
    canvas.write(x, y, Span(text=rng.choice(words), style=style))
