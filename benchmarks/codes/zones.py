"""Machine-readable zones of drawn cards: recognised with OCR, and their text alone with misread signs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from classifiers.codes.mrz import ZoneReader
from classifiers.codes.mrz_text import parse_zone
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr import tesseract_inprocess
from pipeline.ports import ReadPage
from pipeline.recognition import recognise_upright
from pipeline.stages.glyphs import find_glyphs
from samples.generator.mrz import zone
from samples.generator.papers import cards
from samples.generator.people import Person
from samples.generator.scanner import ScanSettings, scan
from samples.generator.scene import Scene

#: Signs that recognition takes for each other in the typeface of zones.
_CONFUSED: Final = {"0": "O", "O": "0", "1": "I", "I": "1", "<": "K", "8": "B", "5": "S", "2": "Z", "6": "G"}
RESOLUTIONS: Final = (300, 200)


@dataclass(slots=True)
class ZoneScore:
    """Counts: ``exact`` when number, birth, sex and expiry are all right; ``wrong`` when any is another."""

    zones: int = 0
    exact: int = 0
    wrong: int = 0


def people(split: str, count: int, seed: int) -> Iterator[tuple[Scene, Person]]:
    """Invented holders of cards."""
    for number in range(count):
        scene = Scene(split, f"{seed}/zones/{number}")
        home, origin = scene.gazetteer.address(scene.area), scene.gazetteer.area()
        sex = scene.rng.choice(("Nam", "Nữ"))
        yield scene, scene.population.adult(sex=sex, home=home, origin=origin, new_card=number % 2 == 1)


def score_recognised(split: str, count: int, seed: int) -> dict[int, ZoneScore]:
    """Backs of cards through scanner model and OCR, by dpi; slow."""
    engine = tesseract_inprocess.make({})
    reader, scores = ZoneReader(engine), {dpi: ZoneScore() for dpi in RESOLUTIONS}
    for number, (scene, person) in enumerate(people(split, count, seed)):
        paper = cards.can_cuoc(scene, person) if number % 2 else cards.cccd(scene, person)
        for dpi in RESOLUTIONS:
            settings = ScanSettings(dpi=dpi, skew=scene.rng.uniform(-1.5, 1.5))
            image = PageImage(pixels=scan(paper.sheets[1].canvas, settings, scene.rng).pixels, dpi=float(dpi))
            found = recognise_upright(image, engine, Limits(), find_glyphs(image))
            values = reader.extract(ReadPage(image=found.image, text=found.text), None)
            _count(scores[dpi], person, {value.name: value.value for value in values})
    engine.close()
    return scores


def score_misread(split: str, count: int, seed: int, share: float) -> ZoneScore:
    """Lines of which each sign is misread with that probability, as the typical confusions go."""
    score, rng = ZoneScore(), random.Random(f"{seed}/misread/{share}")
    for _, person in people(split, count, seed):
        lines = [
            "".join(_misread(sign, share, rng) for sign in line) for line in zone(person, person.card_expires)
        ]
        found = parse_zone(lines)
        values = {} if found is None else {
            "personal_number": found.personal_number, "birth_date": found.birth_date,
            "sex": found.sex, "expiry_date": found.expiry_date,
        }  # fmt: skip
        _count(score, person, values)
    return score


def _misread(sign: str, share: float, rng: random.Random) -> str:
    return _CONFUSED.get(sign, sign) if rng.random() < share else sign


def _count(score: ZoneScore, person: Person, found: dict[str, str | None]) -> None:
    expires = person.card_expires
    wanted = {
        "personal_number": person.number,
        "birth_date": person.born.isoformat(),
        "sex": person.sex,
        # A card without a last day prints a last day of the century.
        "expiry_date": expires.isoformat() if expires else "2099-12-31",
    }
    told = {name: value for name, value in found.items() if name in wanted and value is not None}
    score.zones += 1
    score.exact += told == wanted
    score.wrong += any(value != wanted[name] for name, value in told.items())
