"""Papers around a marriage: request, certificate, confirmation of marital status."""

from __future__ import annotations

from samples.generator.canvas import Canvas, PrintedCell
from samples.generator.families import Couple
from samples.generator.layout import Cell, Form, Signer, form, office_head, pen, republic_head, sign, title
from samples.generator.papers.birth import identity_paper, security_sheet
from samples.generator.people import Person
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.style import DARK_RED, RED, Span
from samples.generator.wording import slashed, spoken


def request(scene: Scene, pair: Couple) -> Paper:
    """``TỜ KHAI ĐĂNG KÝ KẾT HÔN`` with two columns of values."""
    canvas, look = scene.sheet(), scene.look(size=12.4)
    y = republic_head(canvas, look)
    y = title(canvas, y, "TỜ KHAI ĐĂNG KÝ KẾT HÔN")
    canvas.write(
        105,
        y + 2,
        Span(text=f"Kính gửi: {scene.committee}, {scene.area.province}", style=look.body),
        anchor="m",
    )
    y = _request_grid(canvas, look, y + 8, pair)
    oath = (
        "Chúng tôi cam đoan những lời khai trên đây là đúng sự thật, việc kết hôn của chúng tôi là "
        "tự nguyện, "
        "không vi phạm quy định của pháp luật. Chúng tôi chịu trách nhiệm trước pháp luật về lời cam "
        "đoan của mình."
    )
    y = canvas.paragraph(
        look.left, y + 8, look.width, [Span(text=oath, style=look.body)], leading=6.4, indent=8
    )
    day = Span(text=f"{scene.city}, {spoken(scene.today)}", style=look.body.but(italic=True))
    canvas.write(148, y + 3, day, anchor="m")
    hint = ("(Ký, ghi rõ họ, chữ đệm, tên)",)
    for centre, office, person in ((58.0, "Bên nữ", pair.wife), (150.0, "Bên nam", pair.husband)):
        sign(
            scene,
            canvas,
            centre,
            y + 10,
            Signer(over=(office,), hints=hint, name=person.name, field=""),
            room=24,
        )
    return Paper(type_id="to_khai_ket_hon", sheets=[Sheet(canvas=canvas, type_id="to_khai_ket_hon")])


def _request_grid(canvas: Canvas, look: Look, top: float, pair: Couple) -> float:
    widths = (42.0, (look.width - 42) / 2, (look.width - 42) / 2)
    rows = [("Thông tin", "Bên nữ", "Bên nam")]
    rows += [
        ("Họ, chữ đệm, tên", pair.wife.upper, pair.husband.upper),
        ("Ngày, tháng, năm sinh", slashed(pair.wife.born), slashed(pair.husband.born)),
        ("Dân tộc", pair.wife.ethnicity, pair.husband.ethnicity),
        ("Quốc tịch", "Việt Nam", "Việt Nam"),
        ("Nơi cư trú", pair.wife.home.text, pair.husband.home.text),
        ("Giấy tờ tùy thân", identity_paper(pair.wife), identity_paper(pair.husband)),
        ("Kết hôn lần thứ mấy", "01", "01"),
    ]
    keys = {1: ("wife_name", "husband_name"), 2: ("wife_birth_date", "husband_birth_date")}
    y = top
    cells: list[PrintedCell] = []
    for number, row in enumerate(rows):
        bottom, at = y + 8.0, look.left
        for column, (text, width) in enumerate(zip(row, widths, strict=True)):
            style = look.body.but(bold=number == 0) if column == 0 or number == 0 else pen(look)
            field = keys[number][column - 1] if number in keys and column else ""
            span = Span(text=text, style=style, field=field, value=_normal(pair, field))
            end = canvas.paragraph(at + 1.5, y + 5.6, width - 3, [span], leading=5.6, align="left")
            bottom, at = max(bottom, end - 3), at + width
        at = look.left
        for column, (text, width) in enumerate(zip(row, widths, strict=True)):
            area = (at, y, at + width, bottom)
            canvas.box(area)
            cells.append(PrintedCell(row=number, column=column, text=text, area=area))
            at += width
        y = bottom
    canvas.note_table(cells)
    return y


def _normal(pair: Couple, field: str) -> str | None:
    values = {
        "wife_name": pair.wife.name,
        "husband_name": pair.husband.name,
        "wife_birth_date": pair.wife.born.isoformat(),
        "husband_birth_date": pair.husband.born.isoformat(),
    }
    return values.get(field)


def certificate(scene: Scene, pair: Couple) -> Paper:
    """``GIẤY CHỨNG NHẬN KẾT HÔN``: pink drum pattern, wife's column left of the husband's."""
    canvas, look = security_sheet(scene), scene.look(size=12.2)
    y = republic_head(canvas, look, y=look.top + 6)
    y = title(canvas, y + 3, "GIẤY CHỨNG NHẬN KẾT HÔN", size=19, colour=RED)
    number = Span(
        text=f"{scene.rng.randint(5, 210)}/{pair.married.year}",
        style=look.body.but(bold=True),
        field="document_number",
    )
    canvas.write(105, y + 1, Span(text="Số: ", style=look.body), number, anchor="m")
    y += 11
    half = (look.width - 6) / 2
    left = _half(canvas, look, look.left, y, half, pair.wife, "vợ", "wife")
    right = _half(canvas, look, look.left + half + 6, y, half, pair.husband, "chồng", "husband")
    y = max(left, right) + 1
    rows = form(canvas, look, leader_colour=DARK_RED)
    area = pair.husband.home.area
    place = f"Ủy ban nhân dân {area.ward[0].lower()}{area.ward[1:]}, {area.province}"
    y = rows.row(y, Cell(label="Nơi đăng ký kết hôn:", text=place, field="issuer"))
    y = rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm đăng ký:",
            text=slashed(pair.married),
            field="issue_date",
            value=pair.married.isoformat(),
        ),
    )
    _certificate_signers(scene, canvas, y + 5, pair)
    return Paper(type_id="gcn_ket_hon", sheets=[Sheet(canvas=canvas, type_id="gcn_ket_hon")])


def _half(
    canvas: Canvas, look: Look, x: float, y: float, width: float, person: Person, word: str, key: str
) -> float:
    rows = Form(canvas=canvas, look=look, fill=look.body, x=x, width=width, leader_colour=DARK_RED)
    canvas.write(x, y, Span(text=f"Họ, chữ đệm, tên {word}:", style=look.body))
    name = Cell(label="", text=person.upper, field=f"{key}_name", value=person.name, bold=True)
    y = rows.row(y + look.leading, name)
    canvas.write(x, y, Span(text="Ngày, tháng, năm sinh:", style=look.body))
    y = rows.row(
        y + look.leading,
        Cell(label="", text=slashed(person.born), field=f"{key}_birth_date", value=person.born.isoformat()),
    )
    y = rows.row(y, Cell(label="Dân tộc:", text=person.ethnicity))
    y = rows.row(y, Cell(label="Quốc tịch:", text="Việt Nam"))
    y = rows.row(y, Cell(label="Nơi cư trú:", text=person.home.text))
    canvas.write(
        x,
        y,
        Span(text="Giấy tờ tùy thân: ", style=look.body),
        Span(text="CCCD số ", style=look.body),
        Span(text=person.number, style=look.body, field=f"{key}_personal_number"),
    )
    return y + look.leading


def _certificate_signers(scene: Scene, canvas: Canvas, y: float, pair: Couple) -> None:
    hint = ("(Ký, ghi rõ họ, chữ đệm, tên)",)
    for centre, office, person in ((60.0, "Vợ", pair.wife), (150.0, "Chồng", pair.husband)):
        sign(
            scene, canvas, centre, y, Signer(over=(office,), hints=hint, name=person.name, field=""), room=20
        )
    signer = Signer(
        over=("NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN", "CHỦ TỊCH"),
        name=scene.population.official(),
        around=f"ỦY BAN NHÂN DÂN {pair.husband.home.area.ward}",
        below=pair.husband.home.area.province,
    )
    sign(scene, canvas, 105, y + 40, signer)


def status_confirmation(scene: Scene, person: Person, purpose: str) -> Paper:
    """``GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN`` for one stated purpose."""
    canvas, look = scene.sheet(), scene.look(size=13)
    number = [
        Span(text="Số: ", style=look.body),
        Span(text=f"{scene.rng.randint(2, 640)}/UBND-XNTTHN", style=look.body, field="document_number"),
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
    y = title(canvas, y + 9, "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", size=15.5)
    y = title(canvas, y + 3, f"ỦY BAN NHÂN DÂN {scene.area.ward.upper()}", size=13)
    y = _status_rows(canvas, look, y + 4, person, purpose)
    signer = Signer(
        over=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        name=scene.deputy,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, canvas, 148, y + 6, signer)
    return Paper(
        type_id="xn_tinh_trang_hon_nhan", sheets=[Sheet(canvas=canvas, type_id="xn_tinh_trang_hon_nhan")]
    )


def _status_rows(canvas: Canvas, look: Look, y: float, person: Person, purpose: str) -> float:
    rows = form(canvas, look)
    asked = (
        f"Xét đề nghị của {person.title.lower()} {person.name} về việc cấp giấy xác nhận tình trạng hôn nhân,"
    )
    y = canvas.paragraph(
        look.left, y, look.width, [Span(text=asked, style=look.body)], leading=look.leading, indent=8
    )
    y = title(canvas, y + 2, "XÁC NHẬN:", size=13)
    y = rows.row(
        y + 2,
        Cell(label="Họ, chữ đệm, tên:", text=person.upper, field="person_name", value=person.name, bold=True),
    )
    y = rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm sinh:",
            text=slashed(person.born),
            field="birth_date",
            value=person.born.isoformat(),
        ),
    )
    y = rows.row(
        y,
        Cell(label="Giới tính:", text=person.sex, field="sex"),
        Cell(label="Dân tộc:", text=person.ethnicity, field="ethnicity"),
        Cell(label="Quốc tịch:", text="Việt Nam", field="nationality"),
    )
    y = rows.row(y, Cell(label="Giấy tờ tùy thân:", text=identity_paper(person)))
    y = rows.row(y, Cell(label="Nơi cư trú:", text=person.home.text, field="residence"))
    y = rows.row(y, Cell(label="Tình trạng hôn nhân:", text="Hiện tại chưa đăng ký kết hôn với ai"))
    y = rows.row(y, Cell(label="Giấy này được cấp để:", text=purpose))
    text = "Giấy này có giá trị 6 tháng kể từ ngày cấp và chỉ dùng đúng mục đích ghi trên."
    return canvas.paragraph(
        look.left,
        y + 1,
        look.width,
        [Span(text=text, style=look.body.but(italic=True))],
        leading=look.leading,
        indent=8,
    )
