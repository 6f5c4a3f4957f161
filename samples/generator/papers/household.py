"""Residence papers beside CT01 and CT07: the old household book, CT02 and CT03.

Titles: domain facts, section 4, rows 16 and 18; labels of the household book are those of
``classifiers/rules``, those of CT02 and CT03 follow CT01 (from memory, unverified).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from samples.generator.canvas import Canvas
from samples.generator.families import Family
from samples.generator.layout import Cell, Column, Entry, Signer, form, pen, republic_head, sign, table, title
from samples.generator.papers.frame import applicant_signs, date_cell, name_cell, print_rows, single
from samples.generator.people import Person, working_day
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.security_print import emblem, waves
from samples.generator.style import GOLD, Span, Style
from samples.generator.wording import slashed, spoken

#: The book is 120 x 165 mm.
_BOOK: Final = (120.0, 165.0)


def book(scene: Scene, home: Family) -> Paper:
    """``SỔ HỘ KHẨU``: cover, page of the head, pages of the members."""
    issued = working_day(scene.rng, date(2009, 2, 1), date(2019, 11, 30))
    number = f"{scene.serial(9)}"
    sheets = [_cover(scene, number), _head(scene, home.father, number, issued)]
    sheets += [
        _member(scene, person, relation, issued)
        for person, relation in ((home.mother, "Vợ"), (home.child, "Con"))
    ]
    return Paper(type_id="so_ho_khau", sheets=[Sheet(canvas=each, type_id="so_ho_khau") for each in sheets])


def _page(scene: Scene) -> Canvas:
    canvas = Canvas(*_BOOK, scene.fonts)
    half = (canvas.image.width // 2, canvas.image.height // 2)
    ground = ((250, 246, 236), (244, 240, 226))
    canvas.picture(
        waves(half, ground, ((224, 214, 184), (214, 222, 200)), scene.rng, pitch=13), 0, 0, _BOOK[0]
    )
    return canvas


def _cover(scene: Scene, number: str) -> Canvas:
    canvas = Canvas(*_BOOK, scene.fonts, colour=(156, 44, 52))
    gold = Style(size=11, bold=True, colour=(236, 206, 120))
    for y, text in ((16, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (21.5, "Độc lập - Tự do - Hạnh phúc")):
        canvas.write(60, y, Span(text=text, style=canvas.fit(text, gold, 104)), anchor="m")
    canvas.picture(emblem(420, GOLD, (120, 20, 28)), 42, 36, 36)
    canvas.write(60, 98, Span(text="SỔ HỘ KHẨU", style=gold.but(size=26)), anchor="m")
    canvas.write(60, 140, Span(text=f"Số: {number}", style=gold.but(size=13)), anchor="m")
    return canvas


def _head(scene: Scene, head: Person, number: str, issued: date) -> Canvas:
    canvas = _page(scene)
    style = Style(size=9.5)
    canvas.write(60, 14, Span(text="SỔ HỘ KHẨU", style=style.but(size=15, bold=True)), anchor="m")
    digits = Span(text=number, style=style.but(bold=True), field="document_number")
    canvas.write(60, 20, Span(text="Số: ", style=style), digits, anchor="m")
    y = 32.0
    for label, text, field, value in (
        ("Họ và tên chủ hộ:", head.upper, "head_of_household_name", head.name),
        ("Nơi thường trú:", head.home.text, "residence", None),
        ("Hồ sơ hộ khẩu số:", scene.serial(6), "household_file_number", None),
        ("Sổ đăng ký thường trú số:", scene.serial(2), "", None),
        ("Tờ số:", scene.serial(2), "", None),
    ):
        spans = [
            Span(text=f"{label} ", style=style),
            Span(text=text, style=style.but(bold=True), field=field, value=value),
        ]
        y = canvas.paragraph(12, y, 96, spans, leading=6, align="left") + 3
    day = Span(
        text=spoken(issued), style=style.but(italic=True), field="issue_date", value=issued.isoformat()
    )
    canvas.write(74, y + 8, day, anchor="m")
    office = f"CÔNG AN {scene.area.province}"
    sign(
        scene,
        canvas,
        78,
        y + 14,
        Signer(over=("TRƯỞNG CÔNG AN",), name=scene.policeman, around=office, below="Quản lý hành chính"),
        room=26,
    )
    return canvas


def _member(scene: Scene, person: Person, relation: str, issued: date) -> Canvas:
    canvas = _page(scene)
    style = Style(size=9.5)
    words = f"QUAN HỆ VỚI CHỦ HỘ: {relation}"
    canvas.write(12, 16, Span(text=words, style=style.but(bold=True)))
    y = 26.0
    for label, text, field, value in (
        ("Họ và tên:", person.upper, "member_name", person.name),
        ("Ngày, tháng, năm sinh:", slashed(person.born), "member_birth_date", person.born.isoformat()),
        ("Giới tính:", person.sex, "", None),
        ("Nguyên quán:", person.origin, "", None),
        ("Dân tộc:", f"{person.ethnicity}     Tôn giáo: {person.religion}", "", None),
        ("Nghề nghiệp, nơi làm việc:", "", "", None),
        ("Nơi thường trú trước khi chuyển đến:", "-/-", "", None),
    ):
        value_span = Span(text=text, style=style.but(bold=True), field=field, value=value)
        y = (
            canvas.paragraph(
                12, y, 96, [Span(text=f"{label} ", style=style), value_span], leading=6, align="left"
            )
            + 2
        )
    day = spoken(issued + timedelta(days=40))
    canvas.write(74, y + 6, Span(text=day, style=style.but(italic=True)), anchor="m")
    sign(
        scene,
        canvas,
        78,
        y + 12,
        Signer(
            over=("CÁN BỘ ĐĂNG KÝ",),
            hints=("(Ký, ghi rõ họ tên)",),
            name=scene.population.official(),
            field="",
        ),
        room=20,
    )
    return canvas


def _form_code(canvas: Canvas, code: str, right: float, y: float) -> None:
    style = Style(size=9.5, italic=True)
    for number, line in enumerate(
        (
            f"Mẫu {code} ban hành kèm theo Thông tư số 53/2025/TT-BCA",
            "ngày 01/7/2025 của Bộ trưởng Bộ Công an",
        )
    ):
        canvas.write(right, y + 4.2 * number, Span(text=line, style=style), anchor="r")


def ct02(scene: Scene, person: Person) -> Paper:
    """Mẫu CT02: for a Vietnamese citizen who lives abroad; a photograph of 4 x 6 cm at the top left."""
    canvas, look = scene.sheet(), scene.look(size=12.4)
    _form_code(canvas, "CT02", 210 - look.right, look.top - 8)
    y = republic_head(canvas, look, y=look.top + 6)
    y = title(canvas, y, "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", size=14.5)
    words = "(Dùng cho công dân Việt Nam định cư ở nước ngoài)"
    canvas.write(105, y, Span(text=words, style=look.body.but(italic=True)), anchor="m")
    canvas.box((look.left, y + 5, look.left + 30, y + 47), width=0.3)
    canvas.write(look.left + 15, y + 27, Span(text="Ảnh 4 x 6", style=Style(size=10)), anchor="m")
    canvas.write(
        120,
        y + 14,
        Span(text=f"Kính gửi: Công an {scene.area.ward[0].lower()}{scene.area.ward[1:]}", style=look.body),
        anchor="m",
    )
    rows = form(canvas, look, fill=pen(look))
    y = print_rows(
        rows,
        y + 56,
        (
            name_cell("1. Họ, chữ đệm và tên:", person),
            (
                date_cell("2. Ngày, tháng, năm sinh:", person.born, share=0.6),
                Cell(label="3. Giới tính:", text=person.sex, field="sex", share=0.4),
            ),
            Cell(label="4. Hộ chiếu số:", text=f"X{scene.serial(7)}", field="passport_number"),
            Cell(label="5. Nơi cư trú ở nước ngoài:", text="Số 12, phố Mẫu, thành phố Thử Nghiệm"),
            Cell(label="6. Nơi ở hiện nay tại Việt Nam:", text=person.home.text, field="residence"),
            (
                Cell(label="7. Số điện thoại:", text=person.phone, field="phone"),
                Cell(label="Email:", text=""),
            ),
            Cell(label="8. Nội dung đề nghị:", text="Đăng ký thường trú tại địa chỉ nêu trên"),
        ),
    )
    applicant_signs(scene, canvas, y + 4, "NGƯỜI KÊ KHAI", person)
    return single(canvas, "ct02")


def ct03(scene: Scene, person: Person) -> Paper:
    """Mẫu CT03: ``PHIẾU KHAI BÁO TẠM VẮNG``."""
    canvas, look = scene.sheet(), scene.look(size=12.4)
    _form_code(canvas, "CT03", 210 - look.right, look.top - 8)
    y = republic_head(canvas, look, y=look.top + 6)
    y = title(canvas, y + 2, "PHIẾU KHAI BÁO TẠM VẮNG", size=15)
    to = f"Kính gửi: Công an {scene.area.ward[0].lower()}{scene.area.ward[1:]}"
    canvas.write(105, y + 2, Span(text=to, style=look.body), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    start, end = scene.before(1), scene.before(-90)
    y = print_rows(
        rows,
        y + 14,
        (
            name_cell("1. Họ, chữ đệm và tên:", person),
            (
                date_cell("2. Ngày, tháng, năm sinh:", person.born, share=0.6),
                Cell(label="3. Giới tính:", text=person.sex, field="sex", share=0.4),
            ),
            Cell(label="4. Số định danh cá nhân:", text=person.number, field="personal_number"),
            Cell(label="5. Nơi thường trú:", text=person.home.text, field="residence"),
            Cell(label="6. Nơi tạm trú:", text=""),
            (
                Cell(
                    label="7. Tạm vắng từ ngày:",
                    text=slashed(start),
                    field="absence_start_date",
                    value=start.isoformat(),
                ),
                Cell(label="đến ngày:", text=slashed(end), field="absence_end_date", value=end.isoformat()),
            ),
            Cell(label="8. Lý do tạm vắng:", text="Đi làm việc xa nhà"),
            Cell(label="9. Nơi đến:", text=scene.gazetteer.area().text),
        ),
    )
    canvas.write(look.left, y + 1, Span(text="Người đi cùng:", style=look.body))
    columns = (
        Column(head="TT", width=12, align="centre"),
        Column(head="Họ, chữ đệm và tên", width=62),
        Column(head="Số định danh cá nhân", width=48),
        Column(head="Quan hệ", width=36),
    )
    y = table(canvas, look.left, y + 4, columns, [[Entry(text="")] * 4] * 2, Style(size=11)) + 8
    applicant_signs(scene, canvas, y, "NGƯỜI KHAI BÁO", person)
    return single(canvas, "ct03")
