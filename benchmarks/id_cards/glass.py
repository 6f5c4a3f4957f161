"""Cards of the sample generator laid on the glass of a scanner, with the truth of where they lie."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels
from samples.generator.papers import cards
from samples.generator.scene import Scene
from scanners.id_card.side import CARD_MM

#: Lids by name: their colour, and how much light falls off across them.
LIDS: Final = {
    "white": ((247, 247, 246), 4.0),
    "grey": ((182, 184, 186), 8.0),
    "black": ((34, 34, 36), 4.0),
    "yellowed": ((238, 232, 214), 6.0),
}
#: The glass, millimetres.
GLASS_MM: Final = (210.0, 297.0)
#: Turned by at most so much, or any angle at all.
_TURNS: Final = ("straight", "askew", "any angle")

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One side on the glass: its corners in px, top left first as it is read, and whether it is the front."""

    corners: Points
    is_front: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glass:
    """One scan: layout and lid for the table, the sides that are there."""

    layout: str
    lid: str
    turn: str
    image: PageImage
    laid: tuple[Laid, ...]


def glasses(split: str, people: int, *, seed: int, dpi: int = 300) -> Iterator[Glass]:
    """Lays the card of each person on the glass: both sides, every lid, every kind of turn; and one side."""
    for number in range(people):
        for layout in ("chip", "2024"):
            scene = Scene(split, f"{seed}/glass/{layout}/{number}")
            sides = _sides(scene, layout)
            for lid in LIDS:
                for turn in _TURNS:
                    rng = random.Random(f"{seed}/{number}/{layout}/{lid}/{turn}")
                    chosen = list(zip(sides, (True, False), strict=True))
                    rng.shuffle(chosen)
                    chosen = chosen[: 1 if rng.random() < 0.2 else 2]
                    mode = rng.choice(("colour", "colour", "grey"))
                    yield _laid_out(chosen, layout, lid, turn, mode, dpi, rng)


def _sides(scene: Scene, layout: str) -> tuple[Pixels, Pixels]:
    person = scene.population.adult(
        sex=scene.rng.choice(("Nam", "Nữ")),
        home=scene.gazetteer.address(scene.area),
        origin=scene.gazetteer.area(),
        new_card=layout == "2024",
    )
    paper = cards.can_cuoc(scene, person) if layout == "2024" else cards.cccd(scene, person)
    front, back = (np.asarray(sheet.canvas.image.convert("RGB")) for sheet in paper.sheets)
    return front, back


def _laid_out(
    chosen: list[tuple[Pixels, bool]],
    layout: str,
    lid: str,
    turn: str,
    mode: str,
    dpi: int,
    rng: random.Random,
) -> Glass:
    scale = dpi / 25.4
    width, height = (round(side * scale) for side in GLASS_MM)
    glass = _lid(lid, (width, height), rng)
    laid = []
    for place, (card, is_front) in enumerate(chosen):
        middle = (rng.uniform(65, 145), rng.uniform(62, 80) + place * rng.uniform(125, 150))
        corners = _corners(middle, _angle(turn, rng)) * scale
        _place(glass, card, corners, rng)
        laid.append(Laid(corners=corners, is_front=is_front))
    pixels = _scanned(glass, mode, rng)
    image = PageImage(pixels=pixels, dpi=float(dpi))
    return Glass(layout=layout, lid=lid, turn=turn, image=image, laid=tuple(laid))


def _angle(turn: str, rng: random.Random) -> float:
    if turn == "straight":
        return rng.choice((0, 90, 180, 270)) + rng.uniform(-0.6, 0.6)
    return rng.choice((0, 180)) + rng.uniform(-9, 9) if turn == "askew" else rng.uniform(0, 360)


def _lid(name: str, size: tuple[int, int], rng: random.Random) -> npt.NDArray[np.float32]:
    colour, fall = LIDS[name]
    width, height = size
    glass = np.empty((height, width, 3), np.float32)
    light = np.linspace(0, -fall * rng.random(), height, dtype=np.float32)[:, None, None]
    glass[:] = np.array(colour, np.float32) + light
    for _ in range(12):  # dust and hairs
        start = (rng.randrange(width), rng.randrange(height))
        end = (start[0] + rng.randint(-40, 40), start[1] + rng.randint(-40, 40))
        shade = float(rng.choice((60, 120, 200)))
        cv2.line(glass, start, end, (shade, shade, shade), rng.choice((1, 2)))
    return glass


def _corners(middle: tuple[float, float], angle: float) -> Points:
    width, height = CARD_MM
    around = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (width / 2, height / 2)
    turn = np.radians(angle)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(around @ matrix.T + middle, np.float64)


def _place(glass: npt.NDArray[np.float32], card: Pixels, corners: Points, rng: random.Random) -> None:
    """Lays a card with rounded corners and the soft shadow of its edge."""
    height, width = card.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    size = (glass.shape[1], glass.shape[0])
    shape = np.zeros((height, width), np.uint8)
    radius = round(3.18 / CARD_MM[0] * width)
    cv2.rectangle(shape, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(shape, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(shape, (x, y), radius, 255, -1)
    small = cv2.warpPerspective(card, matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(shape, matrix, size, flags=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
    cast = cv2.GaussianBlur(cv2.warpPerspective(shape, matrix, size), (0, 0), 4).astype(np.float32) / 255
    cast = np.roll(cast, (rng.randint(0, 4), rng.randint(0, 4)), axis=(0, 1))
    glass *= 1 - rng.uniform(0.0, 0.12) * cast[..., None]
    glass[:] = glass * (1 - mask) + small.astype(np.float32) * mask


def _scanned(glass: npt.NDArray[np.float32], mode: str, rng: random.Random) -> Pixels:
    chance = np.random.default_rng(rng.getrandbits(32))
    grain = chance.integers(-5, 6, glass.shape, dtype=np.int8)
    colour = np.clip(cv2.GaussianBlur(glass, (0, 0), 0.6) + grain, 0, 255).astype(np.uint8)
    pixels = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY) if mode == "grey" else colour
    return np.asarray(pixels, np.uint8)
