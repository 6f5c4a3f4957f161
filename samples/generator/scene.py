"""What all papers of one dossier share: the place, the day, the officials, the fonts and small habits."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from samples.generator.canvas import Canvas
from samples.generator.fonts import POOLS, FontBook
from samples.generator.people import Population
from samples.generator.places import Area, Gazetteer
from samples.generator.style import WHITE, Colour, Style

A4_WIDTH, A4_HEIGHT = 210.0, 297.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Habits of the clerk's word processor; they vary from paper to paper.

    Attributes:
        has_dots_under_values: leaders run on under the values; otherwise they stand before and after.
        dot_pitch: mm between leader dots.
        hand: seed of the hand that fills the form in with a pen; empty: printed values.
        gaps: share of the cells of a form that stay empty, 0 to 1, chosen by ``gap_seed``.
    """

    size: float
    leading: float
    left: float
    right: float
    top: float
    republic: str
    motto: str
    has_dots_under_values: bool = True
    dot_pitch: float = 1.05
    hand: str = ""
    gaps: float = 0.0
    gap_seed: str = ""

    def leaves_empty(self, label: str) -> bool:
        """Whether nobody filled in the cell with that label."""
        return self.gaps > 0 and random.Random(f"{self.gap_seed}/{label}").random() < self.gaps

    @property
    def body(self) -> Style:
        """Ordinary text."""
        return Style(size=self.size)

    @property
    def width(self) -> float:
        """Width of the text area in mm."""
        return A4_WIDTH - self.left - self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One side of paper with its part in a document."""

    canvas: Canvas
    type_id: str


@dataclass(slots=True, kw_only=True)
class Paper:
    """One document: sides in order. A card's type is that of its front."""

    type_id: str
    sheets: list[Sheet]
    copy_kind: str = "original"
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, str]:
        """Field values of all sides; the first mention of a field counts."""
        found: dict[str, str] = {}
        for sheet in self.sheets:
            for each in sheet.canvas.fields:
                found.setdefault(each.name, each.value)
        return found | self.extra


class Scene:
    """The office and the time of one dossier; papers draw from it in a fixed order.

    Args:
        split: which pools of fonts, names and provinces to use.
        seed: two scenes of one split and seed give the same papers.

    Attributes:
        is_by_hand: whether forms drawn from now on are filled in with a pen.
        gaps: share of the cells of forms drawn from now on that stay empty.
    """

    def __init__(self, split: str, seed: str) -> None:
        self.split = split
        self._seed, self._looks = f"{split}/{seed}", 0
        self.is_by_hand, self.gaps = False, 0.0
        self.rng = random.Random(f"{split}/{seed}")
        self.fonts = FontBook(POOLS[split], self.rng)
        self.gazetteer = Gazetteer(split, self.rng)
        self.population = Population(split, self.rng)
        self.area: Area = self.gazetteer.area()
        self.today = self._working(date(2026, 2, 2) + timedelta(days=self.rng.randint(0, 270)))
        self.chairman = self.population.official()
        self.deputy = self.population.official()
        self.policeman = self.population.official()

    @property
    def city(self) -> str:
        """Place name for dates: the commune without its kind."""
        return self.area.ward_name

    @property
    def committee(self) -> str:
        """``Ủy ban nhân dân phường X``."""
        return f"Ủy ban nhân dân {self.area.ward[0].lower()}{self.area.ward[1:]}"

    def before(self, days: int) -> date:
        """A working day about that many days before today."""
        return self._working(self.today - timedelta(days=days))

    def look(self, *, size: float = 13.0) -> Look:
        """New habits for one paper."""
        u = self.rng.uniform
        self._looks += 1
        habit = f"{self._seed}/{self._looks}"
        return Look(
            hand=habit if self.is_by_hand else "",
            gaps=self.gaps,
            gap_seed=habit,
            size=size + u(-0.3, 0.3),
            leading=6.9 + u(-0.25, 0.35),
            left=27 + u(-3, 3),
            right=17 + u(-1, 2),
            top=20 + u(-2, 4),
            republic="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
            if self.rng.random() < 0.8
            else "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            motto="Độc lập - Tự do - Hạnh phúc"
            if self.rng.random() < 0.85
            else "Độc lập – Tự do – Hạnh phúc",
            has_dots_under_values=self.rng.random() < 0.5,
            dot_pitch=u(0.9, 1.35),
        )

    def sheet(self, colour: Colour = WHITE) -> Canvas:
        """A blank A4 side."""
        return Canvas(A4_WIDTH, A4_HEIGHT, self.fonts, colour=colour)

    def beside(self, purpose: str) -> random.Random:
        """A random source of its own, for what was added later: drawing from it changes no older paper."""
        return random.Random(f"{self._seed}/{purpose}")

    def serial(self, digits: int) -> str:
        """A random number of that many digits, without a leading zero."""
        return str(self.rng.randrange(10 ** (digits - 1), 10**digits))

    def _working(self, day: date) -> date:
        return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
