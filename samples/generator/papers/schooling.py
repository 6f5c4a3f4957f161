"""School papers: the diploma with its two halves, the report book.

Titles and labels: domain facts, section 4, row 28 (from memory, unverified), and the labels of
``classifiers/rules``; ranks and marks are invented.
"""

from __future__ import annotations

from datetime import date

from samples.generator.canvas import Canvas
from samples.generator.layout import (
    Column,
    Entry,
    Signer,
    sign,
    table,
)
from samples.generator.papers.frame import (
    single,
)
from samples.generator.people import Person, working_day
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.security_print import emblem, waves
from samples.generator.style import GOLD, RED, Colour, Span, Style
from samples.generator.wording import slashed, spoken


def framed_sheet(
    scene: Scene, size: tuple[float, float], ground: tuple[Colour, Colour], ink: Colour, frame: Colour
) -> Canvas:
    """A sheet with fine lines and a double frame."""
    canvas = Canvas(*size, scene.fonts)
    half = (canvas.image.width // 2, canvas.image.height // 2)
    canvas.picture(waves(half, ground, (ink, ink), scene.rng, pitch=14), 0, 0, size[0])
    for inset, width in ((7.0, 1.6), (9.4, 0.4)):
        canvas.box((inset, inset, size[0] - inset, size[1] - inset), width=width, colour=frame)
    return canvas


def diploma(scene: Scene, person: Person) -> Paper:
    """``BẰNG TỐT NGHIỆP``: two halves, Vietnamese and English, in a gold frame on a lying sheet."""
    canvas = framed_sheet(scene, (270.0, 190.0), ((255, 252, 240), (252, 246, 226)), (240, 226, 184), GOLD)
    rng = scene.rng
    is_school = rng.random() < 0.5
    school = (
        "TRƯỜNG ĐẠI HỌC THỬ NGHIỆM"
        if not is_school
        else f"SỞ GIÁO DỤC VÀ ĐÀO TẠO {scene.area.province_name.upper()}"
    )
    rank, rank_english = rng.choice((("Giỏi", "Very good"), ("Khá", "Good"), ("Trung bình khá", "Ordinary")))
    given = working_day(
        rng, date(person.born.year + 18 + 4 * (not is_school), 6, 20), date(person.born.year + 23, 8, 20)
    )
    _diploma_heads(canvas, school, is_school=is_school)
    style = Style(size=11.5)
    rows = (
        ("Cho:", person.upper, "person_name", person.name),
        ("Ngày sinh:", slashed(person.born), "birth_date", person.born.isoformat()),
        ("Nơi sinh:", person.birth_area.province_name, "place_of_birth", None),
        ("Xếp loại tốt nghiệp:", rank, "rank", None),
        ("Năm tốt nghiệp:", str(given.year), "graduation_year", None),
    )
    y = 92.0
    for label, text, field, value in rows:
        canvas.write(
            150,
            y,
            Span(text=f"{label} ", style=style),
            Span(text=text, style=style.but(bold=True), field=field, value=value),
        )
        y += 7.4
    y = 92.0
    for label, text in (
        ("Upon:", person.upper),
        ("Date of birth:", slashed(person.born)),
        ("Place of birth:", person.birth_area.province_name),
        ("Degree classification:", rank_english),
        ("Year of graduation:", str(given.year)),
    ):
        canvas.write(20, y, Span(text=f"{label} ", style=style), Span(text=text, style=style.but(bold=True)))
        y += 7.4
    day = Span(text=spoken(given), style=style.but(italic=True), field="issue_date", value=given.isoformat())
    canvas.write(
        200, 131, Span(text=f"{scene.area.province_name}, ", style=style.but(italic=True)), day, anchor="m"
    )
    signer = Signer(
        over=("GIÁM ĐỐC" if is_school else "HIỆU TRƯỞNG",),
        name=scene.population.official(),
        around=school,
        below=scene.area.province_name,
    )
    sign(scene, canvas, 206, 137, signer, room=27)
    _diploma_foot(scene, canvas, given.year)
    return single(canvas, "bang_tot_nghiep")


def _diploma_heads(canvas: Canvas, school: str, *, is_school: bool) -> None:
    name = "BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG" if is_school else "BẰNG TỐT NGHIỆP ĐẠI HỌC"
    english = "UPPER SECONDARY SCHOOL DIPLOMA" if is_school else "THE DEGREE OF BACHELOR"
    canvas.picture(emblem(300, GOLD, (200, 34, 40)), 125, 13, 20)
    _half(
        canvas,
        200.0,
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "GIÁM ĐỐC" if is_school else "HIỆU TRƯỞNG",
            school,
            "cấp",
            name,
        ),
        RED,
    )
    _half(
        canvas,
        70.0,
        (
            "SOCIALIST REPUBLIC OF VIET NAM",
            "Independence - Freedom - Happiness",
            "THE DIRECTOR" if is_school else "THE RECTOR",
            "Department of Education and Training" if is_school else "Sample University",
            "confers",
            english,
        ),
        (60, 60, 90),
    )


def _diploma_foot(scene: Scene, canvas: Canvas, year: int) -> None:
    rng = scene.rng
    small = Style(size=10)
    canvas.write(
        18,
        166,
        Span(text="Số hiệu: ", style=small),
        Span(
            text=f"{rng.choice('ABC')}{scene.serial(7)}",
            style=small.but(bold=True, colour=RED),
            field="serial_number",
        ),
    )
    canvas.write(
        18,
        172,
        Span(text="Số vào sổ cấp bằng: ", style=small),
        Span(text=f"{scene.serial(3)}/{year}", style=small, field="document_number"),
    )


def _half(canvas: Canvas, centre: float, lines: tuple[str, ...], colour: Colour) -> None:
    sizes = (10.0, 10.5, 12.0, 12.0, 10.5, 15.0)
    y = 40.0
    for line, size in zip(lines, sizes, strict=True):
        style = canvas.fit(
            line,
            Style(
                size=size, bold=size > 10, italic=size == 10.5, colour=colour if size == 15 else (30, 30, 40)
            ),
            112,
        )
        canvas.write(centre, y, Span(text=line, style=style), anchor="m")
        y += 8.0


def school_report(scene: Scene, child: Person) -> Paper:
    """``HỌC BẠ``: cover and a page of marks."""
    sides = (_report_cover(scene, child), _report_marks(scene))
    return Paper(type_id="hoc_ba", sheets=[Sheet(canvas=each, type_id="hoc_ba") for each in sides])


def _report_cover(scene: Scene, child: Person) -> Canvas:
    canvas = framed_sheet(
        scene, (148.0, 210.0), ((226, 236, 248), (232, 240, 250)), (196, 214, 236), (60, 90, 150)
    )
    for y, line, size in (
        (26, "BỘ GIÁO DỤC VÀ ĐÀO TẠO", 11.5),
        (80, "HỌC BẠ", 30),
        (94, "TRUNG HỌC CƠ SỞ", 15),
    ):
        canvas.write(
            74,
            y,
            Span(
                text=line,
                style=Style(size=size, bold=True, colour=(150, 24, 34) if size > 12 else (22, 22, 26)),
            ),
            anchor="m",
        )
    style = Style(size=12)
    canvas.write(
        24,
        120,
        Span(text="Họ và tên học sinh: ", style=style),
        Span(text=child.upper, style=style.but(bold=True), field="person_name", value=child.name),
    )
    canvas.write(
        24,
        130,
        Span(text="Ngày sinh: ", style=style),
        Span(text=slashed(child.born), style=style, field="birth_date", value=child.born.isoformat()),
    )
    canvas.write(
        24,
        140,
        Span(text="Học sinh trường: ", style=style),
        Span(text=f"THCS {scene.area.ward_name}", style=style, field="school"),
    )
    canvas.write(
        24,
        190,
        Span(text="Số: ", style=style),
        Span(text=f"{scene.serial(3)}/THCS", style=style, field="document_number"),
    )
    return canvas


def _report_marks(scene: Scene) -> Canvas:
    marks = Canvas(148.0, 210.0, scene.fonts)
    marks.write(
        74,
        18,
        Span(text="KẾT QUẢ HỌC TẬP - NĂM HỌC 2024 - 2025", style=Style(size=12.5, bold=True)),
        anchor="m",
    )
    columns = (
        Column(head="Môn học", width=48),
        Column(head="Học kỳ I", width=22, align="centre"),
        Column(head="Học kỳ II", width=22, align="centre"),
        Column(head="Cả năm", width=22, align="centre"),
    )
    body = [
        [
            Entry(text=subject),
            *(Entry(text=f"{scene.rng.randint(55, 98) / 10:.1f}".replace(".", ",")) for _ in range(3)),
        ]
        for subject in (
            "Toán",
            "Ngữ văn",
            "Tiếng Anh",
            "Khoa học tự nhiên",
            "Lịch sử và Địa lí",
            "Tin học",
            "Công nghệ",
        )
    ]
    below = table(marks, 17, 24, columns, body, Style(size=10.5)) + 10
    marks.write(
        17, below, Span(text="Xếp loại học lực: Khá        Xếp loại hạnh kiểm: Tốt", style=Style(size=11))
    )
    sign(
        scene,
        marks,
        105,
        below + 10,
        Signer(
            over=("HIỆU TRƯỞNG",),
            name=scene.population.official(),
            around=f"TRƯỜNG THCS {scene.area.ward_name}",
            below=scene.area.ward,
        ),
    )
    return marks
