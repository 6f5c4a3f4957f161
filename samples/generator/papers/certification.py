"""The certification of a copy, laid over the foot of any paper."""

from __future__ import annotations

from samples.generator.canvas import merge
from samples.generator.layout import Signer, sign
from samples.generator.scene import Paper, Scene
from samples.generator.style import DARK_RED, Span, Style
from samples.generator.wording import spoken


def certify(scene: Scene, paper: Paper) -> Paper:
    """``CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH`` with number, day, signer and seal on the last side."""
    canvas = paper.sheets[-1].canvas
    style = Style(size=11, colour=DARK_RED)
    bold = style.but(bold=True)
    x, y = 62.0, 228.0
    canvas.write(x, y, Span(text="CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", style=bold), anchor="m")
    number = Span(text=str(scene.rng.randint(100, 4800)), style=bold, field="certification_number")
    tail = Span(text=f"  Quyển số: 01/{scene.today.year}-SCT/BS", style=style)
    canvas.write(x, y + 5.4, Span(text="Số chứng thực: ", style=style), number, tail, anchor="m")
    day = Span(
        text=spoken(scene.today),
        style=style.but(italic=True),
        field="certification_date",
        value=scene.today.isoformat(),
    )
    canvas.write(x, y + 10.8, Span(text=f"{scene.city}, ", style=style.but(italic=True)), day, anchor="m")
    words = merge([line.area for line in canvas.lines[-3:]])
    canvas.note_mark("certified_copy", words, "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH")
    signer = Signer(
        over=("PHÓ CHỦ TỊCH",),
        name=scene.deputy,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
        field="certifier_name",
    )
    sign(scene, canvas, x + 6, y + 17, signer, room=26)
    paper.copy_kind = "chung_thuc"
    return paper
