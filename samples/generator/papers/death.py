"""Papers around a death: the notice and the extract from the register."""

from __future__ import annotations

from samples.generator.layout import Cell, Form, Signer, form, note, office_head, pen, sign, title
from samples.generator.papers.birth import identity_paper
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.style import Span
from samples.generator.wording import slashed, spoken


def notice(scene: Scene, dead: Person) -> Paper:
    """``GIẤY BÁO TỬ`` of a health centre."""
    canvas, look, rng = scene.sheet(), scene.look(size=12.8), scene.rng
    centre = f"Trung tâm Y tế khu vực {dead.home.area.ward_name}"
    died = scene.before(12)
    number = [
        Span(text="Số: ", style=look.body),
        Span(text=f"{rng.randint(5, 320)}", style=pen(look), field="document_number"),
        Span(text="   Quyển số: ", style=look.body),
        Span(text=f"{rng.randint(1, 9):02d}", style=pen(look)),
    ]
    y = office_head(canvas, look, ("Cơ sở y tế:", centre), number=number)
    y = title(canvas, y + 8, "GIẤY BÁO TỬ", size=18)
    rows = form(canvas, look, fill=pen(look))
    y = rows.row(
        y + 6,
        Cell(label="Họ, chữ đệm, tên người chết:", text=dead.upper, field="person_name", value=dead.name),
    )
    y = rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm sinh:",
            text=slashed(dead.born),
            field="birth_date",
            value=dead.born.isoformat(),
            share=0.6,
        ),
        Cell(label="Giới tính:", text=dead.sex, field="sex", share=0.4),
    )
    y = rows.row(y, Cell(label="Số định danh cá nhân:", text=dead.number, field="personal_number"))
    y = rows.row(y, Cell(label="Nơi thường trú/tạm trú:", text=dead.home.text, field="residence"))
    y = rows.row(
        y,
        Cell(label="Đã chết vào lúc", text=f"{rng.randint(0, 23):02d}", share=0.32),
        Cell(label="giờ", text=f"{rng.randint(0, 59):02d}", share=0.16),
        Cell(label="phút, ngày", text=slashed(died), share=0.52, field="death_date", value=died.isoformat()),
    )
    y = rows.row(y, Cell(label="Nơi chết:", text=f"{centre}, {dead.home.area.text}"))
    y = rows.row(y, Cell(label="Nguyên nhân chết:", text="Bệnh lý tuổi già"))
    day = Span(
        text=spoken(died), style=look.body.but(italic=True), field="issue_date", value=died.isoformat()
    )
    canvas.write(150, y + 4, Span(text=f"{scene.city}, ", style=look.body.but(italic=True)), day, anchor="m")
    signer = Signer(
        over=("Thủ trưởng cơ sở y tế",),
        hints=("(Ký, ghi rõ họ tên, đóng dấu)",),
        name=scene.population.official(),
        around="Trung tâm Y tế khu vực",
        below=dead.home.area.ward_name,
    )
    sign(scene, canvas, 150, y + 10, signer)
    return Paper(type_id="giay_bao_tu", sheets=[Sheet(canvas=canvas, type_id="giay_bao_tu")])


def extract(scene: Scene, dead: Person) -> Paper:
    """``TRÍCH LỤC KHAI TỬ (BẢN SAO)``."""
    canvas, look, rng = scene.sheet(), scene.look(size=12.8), scene.rng
    number = [
        Span(text="Số: ", style=look.body),
        Span(text=f"{rng.randint(2, 900)}/TLKT-BS", style=look.body, field="document_number"),
    ]
    day = [
        Span(text=f"{scene.city}, ", style=look.body.but(italic=True)),
        Span(
            text=spoken(scene.today),
            style=look.body.but(italic=True),
            field="issue_date",
            value=scene.today.isoformat(),
        ),
    ]
    y = office_head(
        canvas, look, ("ỦY BAN NHÂN DÂN", scene.area.ward.upper()), number=number, place_and_date=day
    )
    y = title(canvas, y + 7, "TRÍCH LỤC KHAI TỬ", size=17)
    y = note(canvas, y - 1, "(BẢN SAO)", bold=True)
    rows = form(canvas, look)
    y = _event_rows(rows, _person_rows(rows, y + 5, dead), scene, dead)
    signer = Signer(
        over=("NGƯỜI KÝ TRÍCH LỤC", "PHÓ CHỦ TỊCH"),
        name=scene.deputy,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, canvas, 147, y + 4, signer)
    kind = "trich_luc_khai_tu"
    return Paper(type_id=kind, sheets=[Sheet(canvas=canvas, type_id=kind)], copy_kind="ban_sao")


def _person_rows(rows: Form, y: float, dead: Person) -> float:
    y = rows.row(
        y,
        Cell(label="Họ, chữ đệm, tên:", text=dead.upper, field="person_name", value=dead.name, bold=True),
    )
    y = rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm sinh:",
            text=slashed(dead.born),
            field="birth_date",
            value=dead.born.isoformat(),
        ),
    )
    y = rows.row(
        y,
        Cell(label="Giới tính:", text=dead.sex, field="sex"),
        Cell(label="Dân tộc:", text=dead.ethnicity, field="ethnicity"),
        Cell(label="Quốc tịch:", text="Việt Nam", field="nationality"),
    )
    y = rows.row(y, Cell(label="Giấy tờ tùy thân:", text=identity_paper(dead)))
    return rows.row(y, Cell(label="Nơi cư trú cuối cùng:", text=dead.home.text, field="residence"))


def _event_rows(rows: Form, y: float, scene: Scene, dead: Person) -> float:
    rng = scene.rng
    died, registered = scene.before(90), scene.before(86)
    moment = f"{rng.randint(0, 23):02d} giờ {rng.randint(0, 59):02d} phút, ngày {slashed(died)}"
    y = rows.row(y, Cell(label="Đã chết vào lúc:", text=moment, field="death_date", value=died.isoformat()))
    y = rows.row(y, Cell(label="Nơi chết:", text=dead.home.text))
    y = rows.row(y, Cell(label="Nguyên nhân chết:", text="Già yếu"))
    y = rows.row(
        y,
        Cell(label="Đăng ký khai tử tại:", text=f"{scene.committee}, {scene.area.province}", field="issuer"),
    )
    return rows.row(
        y,
        Cell(
            label="Số:", text=f"{rng.randint(3, 190)}/{registered.year}", share=0.4, field="register_number"
        ),
        Cell(
            label="ngày",
            text=slashed(registered),
            share=0.6,
            field="registration_date",
            value=registered.isoformat(),
        ),
    )
