"""The criminal record certificate."""

from __future__ import annotations

from samples.generator.layout import Cell, Column, Entry, Signer, form, office_head, sign, table, title
from samples.generator.papers.birth import identity_paper
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.style import Span, Style
from samples.generator.wording import slashed, spoken


def certificate(scene: Scene, person: Person) -> Paper:
    """``PHIẾU LÝ LỊCH TƯ PHÁP SỐ 1`` of a person without convictions."""
    canvas, look = scene.sheet(), scene.look(size=12.8)
    style = look.body
    number = [
        Span(text="Số: ", style=style),
        Span(text=f"{scene.rng.randint(100, 9000)}/PLLTP", style=style, field="document_number"),
    ]
    day = [
        Span(text=f"{scene.area.province_name}, ", style=style.but(italic=True)),
        Span(
            text=spoken(scene.today),
            style=style.but(italic=True),
            field="issue_date",
            value=scene.today.isoformat(),
        ),
    ]
    agency = (f"CÔNG AN {scene.area.province.upper()}", "PHÒNG HỒ SƠ NGHIỆP VỤ")
    y = office_head(canvas, look, agency, number=number, place_and_date=day)
    y = title(canvas, y + 8, "PHIẾU LÝ LỊCH TƯ PHÁP SỐ 1", size=16)
    rows = form(canvas, look, has_leaders=False)
    y = rows.row(
        y + 5,
        Cell(label="1. Họ và tên:", text=person.upper, field="person_name", value=person.name, bold=True),
    )
    y = rows.row(y, Cell(label="2. Giới tính:", text=person.sex, field="sex"))
    y = rows.row(
        y,
        Cell(
            label="3. Ngày, tháng, năm sinh:",
            text=slashed(person.born),
            field="birth_date",
            value=person.born.isoformat(),
        ),
    )
    y = rows.row(y, Cell(label="4. Nơi sinh:", text=person.birth_area.text, field="place_of_birth"))
    y = rows.row(y, Cell(label="5. Quốc tịch:", text="Việt Nam", field="nationality"))
    y = rows.row(y, Cell(label="6. Nơi thường trú:", text=person.home.text, field="residence"))
    y = rows.row(y, Cell(label="7. Giấy tờ tùy thân:", text=identity_paper(person)))
    y = rows.row(y, Cell(label="8. Tình trạng án tích:", text="Không có án tích"))
    columns = (
        Column(head="Số bản án, ngày tuyên", width=look.width * 0.4),
        Column(head="Tội danh", width=look.width * 0.3),
        Column(head="Hình phạt", width=look.width * 0.3),
    )
    y = table(canvas, look.left, y, columns, [[Entry(text="Không")] * 3], Style(size=12)) + 9
    signer = Signer(
        over=("TRƯỞNG PHÒNG",),
        hints=("(Ký, ghi rõ họ tên, đóng dấu)",),
        name=scene.policeman,
        around=f"CÔNG AN {scene.area.province}",
        below="Phòng Hồ sơ nghiệp vụ",
    )
    sign(scene, canvas, 150, y, signer)
    kind = "phieu_ly_lich_tu_phap"
    return Paper(type_id=kind, sheets=[Sheet(canvas=canvas, type_id=kind)])
