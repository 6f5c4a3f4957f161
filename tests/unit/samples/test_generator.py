from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dossiers.errors import ConfigurationError
from samples.generator.__main__ import main
from samples.generator.canvas import Canvas
from samples.generator.families import family
from samples.generator.fonts import POOLS, FontBook, FontFamily
from samples.generator.layout import Column, Entry, table
from samples.generator.mrz import check_digit, zone
from samples.generator.people import Person, Population, card_expiry
from samples.generator.places import SPLITS, Gazetteer
from samples.generator.scanner import ScanSettings, scan
from samples.generator.scene import Scene
from samples.generator.style import Span, Style
from samples.generator.truth import Received, page_truth
from samples.generator.wording import in_words, number_words

ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def _person(split: str = "dev", born: date = date(1990, 1, 1)) -> Person:
    rng = random.Random(5)
    gazetteer = Gazetteer(split, rng)
    area = gazetteer.area()
    return Population(split, rng).person(sex="Nam", born=born, home=gazetteer.address(area), origin=area)


def test_check_digits_are_those_of_the_specimen() -> None:
    assert (check_digit("090123456"), check_digit("900101"), check_digit("300101")) == ("2", "1", "9")


def test_a_zone_has_three_lines_of_thirty_with_right_check_digits() -> None:
    person = _person()
    first, second, third = zone(person, person.card_expires)
    assert [len(line) for line in (first, second, third)] == [30, 30, 30]
    assert first[5:14] == person.number[-9:]
    assert first[14] == check_digit(first[5:14])
    assert second[6] == check_digit(second[:6])
    assert second[14] == check_digit(second[8:14])
    assert second[29] == check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    assert set(third) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ<")


def test_the_zone_of_the_specimen_is_reproduced() -> None:
    specimen = replace(_person(), surname="Nguyễn", given="Văn A", number="003090123456")
    assert zone(specimen, date(2030, 1, 1)) == (
        "IDVNM0901234562003090123456<<5",
        "9001011M3001019VNM<<<<<<<<<<<2",
        "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<",
    )


@pytest.mark.parametrize(
    ("issued", "expires"),
    [
        (date(2021, 6, 1), date(2030, 1, 1)),
        (date(2028, 6, 1), date(2050, 1, 1)),
        (date(2049, 6, 1), None),
    ],
)
def test_a_card_issued_within_two_years_of_a_milestone_lasts_to_the_next(
    issued: date, expires: date | None
) -> None:
    assert card_expiry(date(1990, 1, 1), issued) == expires


def test_numbers_and_dates_are_written_as_people_say_them() -> None:
    assert number_words(1_250_015) == "một triệu hai trăm năm mươi nghìn không trăm mười lăm"
    assert number_words(2026) == "hai nghìn không trăm hai mươi sáu"
    assert number_words(105) == "một trăm lẻ năm"
    assert number_words(121) == "một trăm hai mươi mốt"
    assert in_words(date(2026, 4, 5)) == "Ngày mồng năm, tháng tư, năm hai nghìn không trăm hai mươi sáu"


def test_evaluation_shares_neither_fonts_nor_names_nor_provinces() -> None:
    names = {split: {each.name for pool in _families(split) for each in pool} for split in SPLITS}
    people = {split: _given_names(split) for split in SPLITS}
    for other in ("demo", "train", "dev"):
        assert not names["eval"] & names[other]
        assert not people["eval"] & people[other]
        assert not _provinces("eval") & _provinces(other)


def _families(split: str) -> tuple[tuple[FontFamily, ...], ...]:
    pool = POOLS[split]
    return pool.serif, pool.sans, pool.mono


def _given_names(split: str) -> set[str]:
    rng = random.Random(1)
    gazetteer = Gazetteer(split, rng)
    home = gazetteer.address(gazetteer.area())
    population = Population(split, rng)
    people = [
        population.adult(sex=sex, home=home, origin=home.area) for sex in ("Nam", "Nữ") for _ in range(80)
    ]
    return {person.given for person in people if not person.given.startswith(("Văn ", "Thị "))}


def _provinces(split: str) -> set[str]:
    gazetteer = Gazetteer(split, random.Random(2))
    return {gazetteer.area().province for _ in range(60)}


@pytest.mark.parametrize("split", SPLITS)
def test_every_face_of_every_pool_has_all_vietnamese_letters(split: str) -> None:
    book = FontBook(POOLS[split], random.Random(1))
    for families in _families(split):
        for each in families:
            for face in (each.regular, each.bold, each.italic, each.bold_italic):
                book.require(face, ALPHABET + ALPHABET.upper() + "0123456789.,;:/()-–²<>[]@")


def test_text_that_a_font_cannot_show_is_refused() -> None:
    scene = Scene("demo", "fonts")
    canvas = Canvas(50, 20, scene.fonts)
    with pytest.raises(ConfigurationError, match="FONT_UNAVAILABLE"):
        canvas.write(5, 10, Span(text="漢字", style=Style()))


@pytest.mark.slow
def test_the_generator_still_gives_the_committed_truth(data: Path, tmp_path: Path) -> None:
    assert (
        main(["--out", str(tmp_path), "--split", "demo", "--seed", "1", "--only", "birth_registration"]) == 0
    )
    made = tmp_path / "01-dang-ky-khai-sinh" / "truth.json"
    assert made.read_bytes() == (data / "01-dang-ky-khai-sinh" / "truth.json").read_bytes()


@pytest.mark.slow
def test_the_same_seed_gives_the_same_truth(tmp_path: Path) -> None:
    def truth(folder: str) -> bytes:
        arguments = ["--out", str(tmp_path / folder), "--split", "train", "--seed", "11"]
        assert main([*arguments, "--only", "birth_registration"]) == 0
        return (tmp_path / folder / "01-dang-ky-khai-sinh" / "truth.json").read_bytes()

    assert truth("a") == truth("b")


def test_another_seed_gives_other_people() -> None:
    homes = [family(Scene("train", seed)) for seed in ("11", "12", "13")]
    assert len({home.father.number for home in homes}) == 3


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-4.5, 0.0, 3.0])
def test_turning_and_straightening_by_the_truth_brings_a_line_level(rotation: int, skew: float) -> None:
    canvas = Canvas(210, 297, Scene("demo", "geometry").fonts, dpi=75)
    canvas.fill((60, 100, 150, 104), (0, 0, 0))
    received = scan(canvas, ScanSettings(dpi=75, rotation=rotation, skew=skew), random.Random(3))
    assert received.skew == pytest.approx(skew, abs=0.01)
    upright = np.rot90(received.pixels, -rotation // 90).mean(axis=2)
    columns = [np.nonzero(upright[:, x] < 90)[0].mean() for x in _dark_columns(upright)]
    slope = np.degrees(
        np.arctan2(columns[-1] - columns[0], _dark_columns(upright)[-1] - _dark_columns(upright)[0])
    )
    assert slope == pytest.approx(skew, abs=0.4)
    inside = _quad_mean(received.pixels, received.quad((62.0, 101.0, 148.0, 103.0)))
    assert inside < 120


def _dark_columns(upright: np.ndarray) -> list[int]:
    dark = [x for x in range(upright.shape[1]) if (upright[:, x] < 90).sum() > 6]
    return [dark[len(dark) // 6], dark[-len(dark) // 6]]


def _quad_mean(pixels: np.ndarray, quad: list[list[float]]) -> float:
    points = np.linspace(quad[0], quad[2], 40)[5:-5]
    return float(np.mean([pixels[int(y), int(x)].mean() for x, y in points]))


def test_a_printed_table_is_in_the_truth_cell_by_cell() -> None:
    canvas = Canvas(210, 297, Scene("demo", "tables").fonts, dpi=75)
    columns = (Column(head="TT", width=12), Column(head="Họ, chữ đệm và tên", width=60))
    bottom = table(canvas, 20, 30, columns, [[Entry(text="1"), Entry(text="")]], Style(size=11))
    received = scan(canvas, ScanSettings(dpi=75), random.Random(3))
    page = page_truth(
        1, Received(scan=received, canvas=canvas, type_id="ct01", document=1, is_first_page=True)
    )
    (found,) = page["tables"]
    assert (found["rows"], found["columns"]) == (2, 2)
    assert [(each["row"], each["column"], each["text"]) for each in found["cells"]] == [
        (0, 0, "TT"), (0, 1, "Họ, chữ đệm và tên"), (1, 0, "1"), (1, 1, "")
    ]  # fmt: skip
    assert found["cells"][3]["quad"] == received.quad((32, _last_row_top(canvas), 92, bottom))


def _last_row_top(canvas: Canvas) -> float:
    return canvas.tables[0][3].area[1]
