from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.measurement import Measurement
from benchmarks.reading.__main__ import main
from benchmarks.reading.figures import ALL, groups
from benchmarks.reading.layout_score import LayoutScore
from benchmarks.reading.pages import GENERATED, ReadingPage
from benchmarks.reading.requirements import requirements
from benchmarks.reading.scores import ReadingScore
from benchmarks.reading.speed import Speed
from benchmarks.scaling import Round, Scaling
from benchmarks.text_score import TextScore


def _score(errors: int, bare: int) -> ReadingScore:
    return ReadingScore(
        marked=TextScore(characters=1000, matched_characters=errors),
        bare=TextScore(characters=1000, matched_characters=bare),
        layout=LayoutScore(),
    )


def _measured(cpu: float, size: int, likeness: float, valid: float = 1.0) -> list[Measurement]:
    figures = {"pdfa_2b": valid, "similarity": likeness, "print_similarity": likeness}
    return [
        Measurement(
            text="",
            wall_seconds=1,
            cpu_seconds=cpu,
            pdf_bytes=size,
            quality=figures,
            measured_at="2026-01-01",
        )
    ]


def _speed(two: float, memory: int) -> Speed:
    one = Round(loop=2.0, loops=2.0, one=5.0, two=two, one_cpu=1.0, two_cpu=1.0)
    return Speed(scaling=Scaling(pages=6, rounds=(one,)), memory_bytes=memory, memory_pages=1)


def test_everything_that_holds_is_met() -> None:
    sums = {
        "Sohoa": {ALL: _score(10, 8), "scans": _score(10, 8)},
        "Tesseract best": {ALL: _score(20, 16), "scans": _score(20, 16)},
        "OCRmyPDF": {ALL: _score(30, 30), "scans": _score(40, 40)},
    }
    kept = {"Sohoa": _measured(0.6, 90, 0.98), "OCRmyPDF": _measured(1.0, 100, 0.981)}

    text = requirements(sums, kept, _speed(5.2, 400 * 2**20))

    assert "not met" not in text
    assert "1.00 % against 2.00 % (Tesseract best) | met |" in text
    assert "0.60 s against 1.00 s: 0.60 | met |" in text
    assert "1.92; the machine itself gives 2.00 | met |" in text


def test_everything_that_does_not_hold_is_said() -> None:
    sums = {
        "Sohoa": {ALL: _score(11, 9), "scans": _score(11, 9)},
        "Tesseract fast": {ALL: _score(20, 16), "scans": _score(20, 16)},
    }
    kept = {"Sohoa": _measured(0.61, 100, 0.97, 0.0), "OCRmyPDF": _measured(1.0, 100, 0.98)}

    text = requirements(sums, kept, _speed(5.4, 401 * 2**20))

    assert text.count("**not met**") == 11
    assert "| met |" not in text


def test_what_was_not_measured_is_neither() -> None:
    sums = {"Sohoa": {ALL: _score(1, 1)}, "Tesseract fast": {ALL: _score(9, 9)}}

    text = requirements(sums, {}, None)

    assert text.count("not measured") == 2
    assert text.count("| met |") == 2


def _page(group: str) -> ReadingPage:
    return ReadingPage(group=group, case=None, lines=())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "everything"),
    [(("forms", "scans", GENERATED), [0, 1]), ((GENERATED, GENERATED), [0, 1])],
)
def test_generated_pages_are_not_added_to_listed_ones(names: tuple[str, ...], everything: list[int]) -> None:
    assert groups([_page(name) for name in names])[ALL] == everything


def _with_upper_part_of_a_page(folder: Path) -> None:
    """Makes a dossier of the upper part of one sample page."""
    source = Path(__file__).parents[3] / "samples" / "data" / "01-dang-ky-khai-sinh"
    truth = json.loads((source / "truth.json").read_text(encoding="utf-8"))
    page = truth["pages"][0]
    with Image.open(source / page["file"]) as image:
        height = image.height // 4
        image.convert("L").crop((0, 0, image.width, height)).save(folder / page["file"], dpi=(200, 200))
    page["height"] = height
    page["lines"] = [line for line in page["lines"] if max(y for _, y in line["quad"]) < height]
    (folder / "truth.json").write_text(json.dumps({**truth, "pages": [page]}), encoding="utf-8")


@pytest.mark.slow
def test_a_run_over_one_page_judges_text_cost_and_pdf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pages" / "one").mkdir(parents=True)
    _with_upper_part_of_a_page(tmp_path / "pages" / "one")
    told = ["--also", str(tmp_path / "pages"), "--only", "sohoa", "--results", str(tmp_path / "kept")]

    assert main([*told, "--no-speed"]) == 0

    printed = capsys.readouterr().out
    assert "| all pages (1) | Sohoa |" in printed
    assert "| Valid PDF/A-2b | 100.00 % (1/1) |" in printed
    assert len(list(tmp_path.glob("kept-last/sohoa/*/*.json"))) == 1


def test_pages_that_are_not_there_are_refused(tmp_path: Path) -> None:
    assert main(["--also", str(tmp_path), "--only", "sohoa"]) == 4
