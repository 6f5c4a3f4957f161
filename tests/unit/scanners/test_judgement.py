"""Judging at the feeder: what is wrong with a page is found, what is not is left alone."""

from __future__ import annotations

import io
import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from dossiers.errors import EngineError, InputError
from pipeline.child import answered
from pipeline.frames import Frame
from scanners.driver import RawPage, Side
from scanners.judgement.finding import Finding, PageJudgement
from scanners.judgement.job import JUDGE, answer_judge, judge_request, measures_of
from scanners.judgement.judge import FeederJudge
from scanners.judgement.measures import measure_page
from scanners.judgement.note import judgement_from_text, judgement_to_text
from sohoa.feeder_sandbox import feeder_sandbox

DPI = 200
PER_MM = DPI / 25.4
SIZE = (round(210 * PER_MM), round(297 * PER_MM))


def sheet(seed: int = 1, lines: int = 40, left: int = 25) -> Image.Image:
    """A page of rows of letter-like strokes, other ones for every seed."""
    dice = random.Random(seed)
    page = Image.new("RGB", SIZE, (250, 249, 245))
    draw = ImageDraw.Draw(page)
    for row in range(lines):
        x, y = left * PER_MM, (25 + 6 * row) * PER_MM
        while x < 185 * PER_MM:
            if dice.random() < 0.85:
                for _ in range(3):
                    ends = [(x + dice.uniform(0, 12), y + dice.uniform(0, 20)) for _ in range(2)]
                    draw.line(ends, fill=(30, 30, 34), width=3)
            x += 16
    return page


def file(page: Image.Image, kind: str = "JPEG", dpi: int = DPI) -> bytes:
    out = io.BytesIO()
    options = {"JPEG": {"quality": 92}, "TIFF": {}, "PNG": {}}[kind]
    page.save(out, kind, dpi=(dpi, dpi), **options)
    return out.getvalue()


def noisy(page: Image.Image, seed: int, moved: tuple[float, float, float] = (0, 0, 0)) -> Image.Image:
    """The same sheet in another scan: moved by mm, turned by degrees, with other grain."""
    dx, dy, degrees = moved
    turned = page.rotate(degrees, fillcolor=(250, 249, 245), resample=Image.Resampling.BICUBIC)
    shifted = Image.new("RGB", SIZE, (250, 249, 245))
    shifted.paste(turned, (round(dx * PER_MM), round(dy * PER_MM)))
    grain = np.random.default_rng(seed).normal(0, 2, (SIZE[1], SIZE[0], 1))
    return Image.fromarray(np.clip(np.asarray(shifted) + grain, 0, 255).astype(np.uint8))


class Here:
    """Answers in this process, through the same messages."""

    def ask(self, request: Frame) -> Frame:
        (answer,) = answered(request, {JUDGE: answer_judge})
        if "error" in answer.head:
            raise EngineError("X", "refused")
        return answer


@pytest.fixture
def judge() -> FeederJudge:
    return FeederJudge(Here(), DPI)


def raw(page: Image.Image, sheet: int = 1, side: Side = Side.FRONT, dpi: int = DPI) -> RawPage:
    return RawPage(sequence=0, name="x", content=file(page, dpi=dpi), sheet=sheet, side=side, dpi=dpi)


def findings(judge: FeederJudge, page: Image.Image, **options) -> set[Finding]:
    return set(judge.judge(raw(page, **options), 1).findings)


def test_a_good_page_is_left_alone(judge):
    assert findings(judge, sheet()) == set()


def test_an_empty_page_is_blank_with_holes_streaks_dust_and_shadow(judge):
    page = Image.new("RGB", SIZE, (248, 246, 240))
    draw = ImageDraw.Draw(page)
    for y in (108, 188):
        centre = (11 * PER_MM, y * PER_MM)
        radius = 3 * PER_MM
        box = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        draw.ellipse(box, fill=(120, 120, 122))
    draw.line((900, 0, 900, SIZE[1]), fill=(150, 150, 150), width=2)
    dice = random.Random(3)
    for _ in range(60):
        x, y = dice.randrange(SIZE[0]), dice.randrange(SIZE[1])
        draw.rectangle((x, y, x + 2, y + 2), fill=(60, 60, 60))
    shade = np.linspace(0.75, 1, SIZE[0])[None, :, None]
    page = Image.fromarray((np.asarray(page) * shade).astype(np.uint8))
    assert findings(judge, page) == {Finding.BLANK}


@pytest.mark.parametrize("what", ["digit", "stamp", "pencil", "line"])
def test_next_to_nothing_is_no_blank_page(judge, what):
    page = Image.new("RGB", SIZE, (250, 249, 245))
    draw = ImageDraw.Draw(page)
    if what == "digit":
        draw.line([(800, 1000), (812, 1000), (804, 1012), (804, 1024)], fill=(30, 30, 30), width=4)
    elif what == "stamp":
        draw.ellipse((600, 1200, 880, 1480), outline=(236, 190, 192), width=6)
    elif what == "pencil":
        draw.line([(500, 500), (540, 470), (560, 520), (640, 480)], fill=(178, 178, 180), width=3)
    else:
        draw.line([(400, 900), (800, 900)], fill=(40, 40, 40), width=3)
    assert Finding.BLANK not in findings(judge, page)


def test_light_print_on_a_dark_cover_is_no_blank_page(judge):
    page = Image.new("RGB", SIZE, (165, 24, 30))
    ImageDraw.Draw(page).rectangle((500, 600, 1100, 640), fill=(212, 175, 55))
    assert Finding.BLANK not in findings(judge, page)


def back_of(front: Image.Image, share: float) -> Image.Image:
    shine = cv2.GaussianBlur(np.asarray(front)[:, ::-1].astype(np.float32), (0, 0), 2.0)
    return Image.fromarray((248 - share * (250 - shine)).clip(0, 255).astype(np.uint8))


def test_what_shines_through_is_no_content_but_a_note_on_top_of_it_is(judge):
    front = sheet()
    assert findings(judge, front) == set()
    back = back_of(front, 0.4)
    assert Finding.BLANK not in findings(FeederJudge(Here(), DPI), back, side=Side.BACK)
    assert findings(judge, back, side=Side.BACK) == {Finding.BLANK}
    note = [(700, 1100), (760, 1060), (800, 1130), (900, 1080)]
    ImageDraw.Draw(back).line(note, fill=(70, 70, 90), width=4)
    assert Finding.BLANK not in findings(judge, back, side=Side.BACK)


def test_blur_is_told_and_the_softness_of_usual_scans_is_not(judge):
    page = np.asarray(sheet())
    soft = Image.fromarray(cv2.GaussianBlur(page, (0, 0), 0.1 * PER_MM))
    out_of_focus = Image.fromarray(cv2.GaussianBlur(page, (0, 0), 0.4 * PER_MM))
    assert Finding.BLURRED not in findings(judge, soft)
    assert Finding.BLURRED in findings(judge, out_of_focus)


def test_too_dark_and_too_pale_are_told(judge):
    page = np.asarray(sheet()).astype(np.float32)
    assert Finding.TOO_DARK in findings(judge, Image.fromarray((page * 0.5).astype(np.uint8)))
    assert Finding.TOO_PALE in findings(judge, Image.fromarray((255 - (255 - page) * 0.25).astype(np.uint8)))


def test_print_that_the_edge_cuts_through_is_told(judge):
    page = sheet()
    cut = Image.new("RGB", SIZE, (250, 249, 245))
    cut.paste(page, (round(-32 * PER_MM), 0))
    assert findings(judge, cut) == {Finding.CUT_EDGE}


@pytest.mark.parametrize("corner", range(4))
def test_a_folded_corner_is_told(judge, corner):
    page = sheet(left=45, lines=35)
    leg = 25 * PER_MM
    width, height = SIZE
    corners = [((0, 0), 1, 1), ((width, 0), -1, 1), ((0, height), 1, -1), ((width, height), -1, -1)]
    (x, y), across, down = corners[corner]
    ImageDraw.Draw(page).polygon([(x, y), (x + across * leg, y), (x, y + down * leg)], fill=(40, 42, 45))
    assert Finding.FOLDED_CORNER in findings(judge, page)


@pytest.mark.parametrize("degrees", [-9, 8])
def test_a_sheet_that_went_in_askew_is_told_and_a_little_is_not(judge, degrees):
    turn = {"fillcolor": (250, 249, 245), "resample": Image.Resampling.BICUBIC}
    assert Finding.ASKEW in findings(judge, sheet(left=40).rotate(degrees, **turn))
    assert Finding.ASKEW not in findings(judge, sheet(left=40).rotate(degrees / 3, **turn))


def test_another_resolution_than_asked_for_is_told(judge):
    assert Finding.WRONG_RESOLUTION in findings(judge, sheet(), dpi=150)


def test_a_line_down_the_page_counts_from_the_second_page_of_the_same_side(judge):
    def dirty(seed: int) -> Image.Image:
        page = sheet(seed)
        ImageDraw.Draw(page).line((130, 0, 130, SIZE[1]), fill=(140, 140, 140), width=2)
        return page

    assert Finding.STREAK not in findings(judge, dirty(1), sheet=1)
    assert Finding.STREAK not in findings(judge, dirty(2), sheet=1, side=Side.BACK)
    said = judge.judge(raw(dirty(3), sheet=2), 3)
    assert Finding.STREAK in said.findings
    assert said.streaks_mm == pytest.approx([130 / PER_MM], abs=0.5)
    assert not said.asks_for_rescan


def test_a_sheet_fed_twice_is_told_and_the_same_form_filled_in_otherwise_is_not(judge):
    form = sheet(1, lines=20)
    filled = []
    for seed in (11, 12):
        page = form.copy()
        page.paste(sheet(seed, lines=9).crop((0, 0, SIZE[0], 1000)), (0, round(150 * PER_MM)))
        filled.append(page)
    assert judge.judge(raw(noisy(filled[0], 1), sheet=1), 1).same_as is None
    assert judge.judge(raw(noisy(filled[1], 2), sheet=2), 2).same_as is None
    again = noisy(filled[0], 3, (1.5, -1.0, 0.5))
    said = judge.judge(raw(again, sheet=3), 3)
    assert said.same_as == 1
    assert said.findings == (Finding.SAME_SHEET,)


def test_blank_sheets_are_never_the_same_sheet(judge):
    page = Image.new("RGB", SIZE, (250, 249, 245))
    assert [judge.judge(raw(page, sheet=n), n).same_as for n in (1, 2, 3)] == [None] * 3


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_every_kind_of_file_is_measured_alike(kind, mode):
    if kind == "JPEG" and mode == "1":
        pytest.skip("there is no such file")
    usual = measure_page(file(sheet()), DPI, None)[0]
    other = measure_page(file(sheet().convert(mode), kind), DPI, None)[0]
    assert other.ink_mm2 == pytest.approx(usual.ink_mm2, rel=0.25)
    assert not other.is_blank


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0 broken", b"GIF89a" + bytes(50)])
def test_what_cannot_be_decoded_is_unreadable_and_no_error(judge, content):
    page = RawPage(sequence=0, name="x", content=content, sheet=1, side=Side.FRONT, dpi=300)
    assert judge.judge(page, 1).findings == (Finding.UNREADABLE,)
    with pytest.raises(InputError):
        measure_page(content, 300, None)


def test_the_child_of_the_feeder_is_confined_and_answers_like_here():
    child = feeder_sandbox()
    try:
        measures, own = measures_of(child.ask(judge_request(file(sheet()), DPI, None)))
    finally:
        child.close()
    here = measures_of(Here().ask(judge_request(file(sheet()), DPI, None)))
    assert (measures, own) == here


@pytest.mark.parametrize("text", ["[]", "{}", '{"findings": ["X"], "same_as": null, "streaks_mm": []}', "x"])
def test_a_note_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        judgement_from_text(text)


def test_a_note_comes_back_exactly():
    said = PageJudgement(findings=(Finding.BLANK, Finding.STREAK), same_as=3, streaks_mm=(1.5,))
    assert judgement_from_text(judgement_to_text(said)) == said
