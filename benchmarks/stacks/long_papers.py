"""Official papers of many pages, drawn with the sample generator: what its recipes do not have.

    python -m benchmarks.stacks.long_papers --out DIR --seed N --split train|dev --dossiers N

Paragraphs run over the end of a page, page numbers are printed as Decree 30/2020 wants them or not at all,
regulations are attached behind a decision under a title of their own, appendices follow a plan.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.stacks import wording
from samples.generator.flow import Flow
from samples.generator.layout import Signer, office_head, recipients, sign, title
from samples.generator.plan import DossierPlan, Part
from samples.generator.scanner import ScanSettings
from samples.generator.scene import Paper, Scene
from samples.generator.style import Span, Style
from samples.generator.variation import vary
from samples.generator.wording import spoken
from samples.generator.writer import write_dossier

#: Share of papers without page numbers.
_UNNUMBERED: Final = 0.35
#: A line alone at the foot of a page is moved to the next one.
_FEWEST_ROWS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of official paper: type, title (none for a letter), symbol, how many paragraphs."""

    type_id: str
    title: str
    symbol: str
    paragraphs: tuple[int, int]


_KINDS: Final = (
    Kind(type_id="quyet_dinh", title="QUYẾT ĐỊNH", symbol="QĐ-UBND", paragraphs=(4, 22)),
    Kind(type_id="cong_van", title="", symbol="UBND-VP", paragraphs=(9, 22)),
    Kind(type_id="van_ban_khac", title="KẾ HOẠCH", symbol="KH-UBND", paragraphs=(10, 30)),
    Kind(type_id="van_ban_khac", title="BÁO CÁO", symbol="BC-UBND", paragraphs=(10, 30)),
    Kind(type_id="van_ban_khac", title="THÔNG BÁO", symbol="TB-UBND", paragraphs=(2, 14)),
    Kind(type_id="van_ban_khac", title="TỜ TRÌNH", symbol="TTr-UBND", paragraphs=(4, 16)),
)


class LongFlow(Flow):
    """Running text whose paragraphs break where the page ends."""

    is_numbered = True

    def turn(self) -> None:
        """Ends this page; the next has its number at the top, or none."""
        if self.is_numbered:
            super().turn()
            return
        self.numbering = "bottom"  # where nothing is printed on turning
        self._foot = _no_foot  # type: ignore[method-assign]
        super().turn()

    def run_on(self, words: str) -> None:
        """Prints a paragraph, the part that does not fit on the next page."""
        style, left = self.look.body, words.split()
        is_begin = True
        while left:
            indent = 10.0 if is_begin else 0.0
            room = int((self.limit - self.y + 2) // self.look.leading)
            fits = self._fitting(left, style, indent, room)
            if fits:
                part = Span(text=" ".join(left[:fits]), style=style)
                self.paragraph(part, indent=indent, gap=1.6 if fits == len(left) else 0.0)
                left, is_begin = left[fits:], False
            if left:
                self.turn()

    def _fitting(self, words: Sequence[str], style: Style, indent: float, room: int) -> int:
        """How many of the words fit into so many rows; none where fewer than two rows would."""

        def rows(count: int) -> int:
            return self.canvas.rows(
                self.look.width, [Span(text=" ".join(words[:count]), style=style)], indent=indent
            )

        if rows(len(words)) <= room:
            return len(words)
        if room < _FEWEST_ROWS:
            return 0
        low, high = 1, len(words)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if rows(middle) <= room else (low, middle)
        return low


def _no_foot(*, is_last: bool) -> None:
    del is_last


def long_paper(scene: Scene, kind: Kind) -> Paper:
    """One paper of that kind; how long it is comes from the scene's random source."""
    rng, day = scene.rng, scene.before(scene.rng.randint(5, 300))
    flow = LongFlow(scene, scene.look(size=13.3), kind.type_id)
    flow.is_numbered = rng.random() >= _UNNUMBERED
    number = f"{rng.randint(11, 2900)}/{kind.symbol}"
    subject = rng.choice(wording.SUBJECTS)
    _head(scene, flow, kind, number, day, subject)
    count = rng.randint(*kind.paragraphs)
    _body(flow, rng, kind, count)
    _end(scene, flow)
    if kind.type_id == "quyet_dinh" and rng.random() < 0.5:
        _regulation(flow, rng, number, day)
    elif kind.title == "KẾ HOẠCH" and rng.random() < 0.4:
        _appendix(flow, rng, number)
    return flow.paper()


def _head(scene: Scene, flow: Flow, kind: Kind, number: str, day: date, subject: str) -> None:
    style = flow.look.body
    below = () if kind.title else _rows(f"V/v {subject}")
    flow.y = office_head(
        flow.canvas,
        flow.look,
        ("ỦY BAN NHÂN DÂN", scene.area.ward.upper()),
        number=[Span(text="Số: ", style=style), Span(text=number, style=style, field="document_number")],
        below_number=below,
        place_and_date=[Span(text=f"{scene.city}, {spoken(day)}", style=style.but(italic=True))],
    )
    flow.y += 7
    if not kind.title:
        flow.text("Kính gửi: Các cơ quan, đơn vị trực thuộc.")
        return
    flow.y = title(flow.canvas, flow.y, kind.title, size=14.5)
    span = Span(text=f"Về việc {subject}", style=style.but(bold=True))
    flow.y = flow.canvas.paragraph(40, flow.y, 130, [span], leading=6.4, align="centre") + 4


def _rows(subject: str) -> tuple[str, ...]:
    words, rows = subject.split(), [""]
    for word in words:
        if len(rows[-1]) + len(word) > 30:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return tuple(rows)


def _body(flow: LongFlow, rng: random.Random, kind: Kind, count: int) -> None:
    is_decision = kind.type_id == "quyet_dinh"
    if is_decision:
        for words in wording.GROUNDS:
            flow.text(words, italic=True)
        flow.y = title(flow.canvas, flow.y + 4, "QUYẾT ĐỊNH:", size=13.5) + 2
    for number in range(1, count + 1):
        words = wording.paragraph(rng)
        if is_decision:
            words = f"Điều {number}. {words}"
        elif number % 3 == 1:
            flow.text(f"{wording.ROMAN[number // 3]}. {rng.choice(wording.HEADINGS)}", bold=True, indent=0)
        else:
            words = f"{number % 3}. {words}"
        flow.run_on(words)


def _end(scene: Scene, flow: Flow) -> None:
    flow.need(52)
    recipients(flow.canvas, flow.look.left, flow.y + 4, ("- Như trên;", "- Các đơn vị;", "- Lưu: VT."))
    signer = Signer(
        over=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        name=scene.chairman,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, flow.canvas, 150, flow.y + 4, signer)


def _regulation(flow: LongFlow, rng: random.Random, number: str, day: date) -> None:
    """What a decision puts into force, on new pages of the same document."""
    flow.turn()
    flow.y = title(flow.canvas, flow.y + 2, "QUY CHẾ", size=14)
    flow.y = title(flow.canvas, flow.y + 1, "Tổ chức và hoạt động của Tổ công tác", size=13) + 1
    flow.text(f"(Ban hành kèm theo Quyết định số {number} ngày {day:%d/%m/%Y})", italic=True, indent=22)
    for article in range(1, rng.randint(5, 14)):
        flow.text(f"Điều {article}. {rng.choice(wording.ARTICLES)}", bold=True)
        flow.run_on(wording.paragraph(rng))


def _appendix(flow: LongFlow, rng: random.Random, number: str) -> None:
    flow.turn()
    flow.y = title(flow.canvas, flow.y + 2, "PHỤ LỤC", size=14)
    flow.y = title(flow.canvas, flow.y + 1, "Danh mục nhiệm vụ và thời hạn thực hiện", size=13) + 1
    flow.text(f"(Kèm theo Kế hoạch số {number})", italic=True, indent=50)
    for row in range(1, rng.randint(6, 14)):
        flow.run_on(f"{row}. {wording.paragraph(rng)}")


def official_stack(scene: Scene) -> DossierPlan:
    """Six papers, one of each kind, as a sheet feeder takes them."""
    settings = (ScanSettings(dpi=200),)
    parts = [
        Part(paper=long_paper(scene, kind), file=f"van-ban-{place}.tif", kind="tiff_jpeg", scans=settings)
        for place, kind in enumerate(_KINDS, start=1)
    ]
    return DossierPlan(
        slug="van-ban-dai",
        title="Văn bản hành chính nhiều trang",
        procedure="",
        citizen="",
        scene=scene,
        parts=parts,
        note="Official papers of many pages.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes dossiers of long papers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stacks.long_papers", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=("train", "dev", "eval"), default="train")
    parser.add_argument("--dossiers", type=int, default=3)
    options = parser.parse_args(arguments)
    make: Callable[[Scene], DossierPlan] = official_stack
    for number in range(options.dossiers):
        plan = vary(make(Scene(options.split, f"{options.seed}/long/{number}")))
        truth = write_dossier(options.out, f"{number + 1:02d}-{plan.slug}", plan, options.seed)
        print(f"{truth['dossier']}: {len(truth['documents'])} documents, {len(truth['pages'])} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
