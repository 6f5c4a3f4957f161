"""The enterprise registration certificate.

Titles and labels: domain facts, section 4, row 25 (from memory, unverified), and the labels of
``classifiers/rules``; companies are invented.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from samples.generator.layout import (
    Cell,
    Signer,
    form,
    office_head,
    sign,
    title,
)
from samples.generator.papers.frame import (
    Rows,
    date_cell,
    name_cell,
    print_rows,
    single,
)
from samples.generator.papers.schooling import framed_sheet
from samples.generator.people import Person, working_day
from samples.generator.scene import Paper, Scene
from samples.generator.style import Colour, Span
from samples.generator.wording import grouped, number_words, spoken

_GREEN: Final[Colour] = (70, 130, 110)
_FIRMS: Final = ("HẠT GẠO LÀNG", "MÂY BIẾC", "ĐÈN LỒNG", "CỎ MAY", "SÓNG NHỎ", "NẮNG MAI")


def tax_number(scene: Scene) -> str:
    """Ten digits whose last is the check digit; 00 at the front is assigned to no office."""
    while True:
        nine = f"00{scene.serial(7)}"
        weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
        check = 10 - sum(int(digit) * weight for digit, weight in zip(nine, weights, strict=True)) % 11
        if check < 10:
            return f"{nine}{check}"


def certificate(scene: Scene, person: Person) -> Paper:
    """``GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP`` of a one-member company, in a green patterned frame."""
    canvas = framed_sheet(scene, (210.0, 297.0), ((244, 252, 248), (236, 248, 246)), (206, 232, 224), _GREEN)
    look = scene.look(size=12.4)
    first = working_day(scene.rng, date(2016, 2, 1), date(2024, 10, 30))
    y = office_head(canvas, look, (f"SỞ TÀI CHÍNH {scene.area.province.upper()}", "PHÒNG ĐĂNG KÝ KINH DOANH"))
    y = title(
        canvas,
        y + 3,
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
        "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN",
        size=14.5,
    )
    code = Span(text=tax_number(scene), style=look.body.but(bold=True), field="tax_number")
    canvas.write(
        105, y + 2, Span(text="Mã số doanh nghiệp: ", style=look.body.but(bold=True)), code, anchor="m"
    )
    day = Span(
        text=spoken(first), style=look.body.but(italic=True), field="issue_date", value=first.isoformat()
    )
    canvas.write(
        105, y + 8.5, Span(text="Đăng ký lần đầu: ", style=look.body.but(italic=True)), day, anchor="m"
    )
    y += 18
    if scene.rng.random() < 0.5:
        changed = Span(
            text=f"Đăng ký thay đổi lần thứ {scene.rng.randint(1, 5)}: {spoken(scene.before(200))}",
            style=look.body.but(italic=True),
        )
        canvas.write(105, y - 3, changed, anchor="m")
        y += 6
    name = f"CÔNG TY TNHH MTV {scene.rng.choice(_FIRMS)} {scene.area.ward_name.upper()}"
    capital = scene.rng.randint(3, 90) * 100_000_000
    rows = form(canvas, look, has_leaders=False)
    y = print_rows(
        rows,
        y,
        _firm_rows(scene, person, name, capital),
    )
    signer = Signer(
        over=("TRƯỞNG PHÒNG",),
        hints=("(Ký, ghi rõ họ tên và đóng dấu)",),
        name=scene.population.official(),
        around="PHÒNG ĐĂNG KÝ KINH DOANH",
        below=scene.area.province_name,
    )
    sign(scene, canvas, 150, y + 4, signer, room=27)
    return single(canvas, "gcn_dang_ky_doanh_nghiep")


def _firm_rows(scene: Scene, person: Person, name: str, capital: int) -> Rows:
    words = number_words(capital)
    return (
        "1. Tên công ty",
        Cell(label="Tên công ty viết bằng tiếng Việt:", text=name, field="business_name", bold=True),
        Cell(label="Tên công ty viết tắt:", text=""),
        "2. Địa chỉ trụ sở chính",
        Cell(label="", text=scene.gazetteer.address(scene.area).text, field="business_address"),
        (Cell(label="Điện thoại:", text=person.phone, field="phone"), Cell(label="Fax:", text="")),
        "3. Vốn điều lệ",
        Cell(label="Vốn điều lệ:", text=f"{grouped(capital)} đồng", field="capital", value=str(capital)),
        Cell(label="Bằng chữ:", text=f"{words[0].upper()}{words[1:]} đồng"),
        "4. Người đại diện theo pháp luật của công ty",
        name_cell("* Họ và tên:", person, bold=True),
        (
            Cell(label="Giới tính:", text=person.sex, field="sex"),
            Cell(label="Chức danh:", text="Giám đốc"),
        ),
        (
            date_cell("Sinh ngày:", person.born),
            Cell(label="Dân tộc:", text=person.ethnicity),
            Cell(label="Quốc tịch:", text="Việt Nam"),
        ),
        Cell(label="Số giấy tờ pháp lý của cá nhân:", text=person.number, field="personal_number"),
        Cell(label="Địa chỉ thường trú:", text=person.home.text, field="residence"),
    )
