"""Papers around a birth: notice, request, certificate, issued copy, extract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from samples.generator.canvas import Canvas
from samples.generator.families import Family
from samples.generator.layout import (
    Cell,
    Form,
    Signer,
    form,
    note,
    office_head,
    pen,
    republic_head,
    sign,
    tick_box,
    title,
)
from samples.generator.people import Person
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.security_print import drum, waves
from samples.generator.style import DARK_RED, RED, Span
from samples.generator.wording import in_words, slashed, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthRecord:
    """The entry of a birth in the register."""

    family: Family
    number: str
    registered: date
    signer: str
    place: str
    requester: Person


def birth_record(scene: Scene, family: Family, *, registered: date) -> BirthRecord:
    """An entry for the child, requested by one of the parents."""
    return BirthRecord(
        family=family,
        number=f"{scene.rng.randint(3, 280)}/{registered.year}",
        registered=registered,
        signer=scene.population.official(),
        place=scene.area.ward,
        requester=scene.rng.choice((family.father, family.mother)),
    )


def identity_paper(person: Person, on: date = date(2026, 12, 31)) -> str:
    """How a form of that day names a person's card; without issue day if it was an earlier card."""
    if person.card_issued > on:
        return f"Thẻ CCCD số {person.number}"
    kind = "Thẻ căn cước" if person.card_issued >= date(2024, 7, 1) else "Thẻ CCCD"
    return f"{kind} số {person.number}, cấp ngày {slashed(person.card_issued)}"


def request(scene: Scene, family: Family, requester: Person, copies: int) -> Paper:
    """``TỜ KHAI ĐĂNG KÝ KHAI SINH``, filled in and signed by a parent."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    y = republic_head(canvas, look)
    y = title(canvas, y, "TỜ KHAI ĐĂNG KÝ KHAI SINH")
    addressee = Span(text=f"Kính gửi: {scene.committee}, {scene.area.province}", style=look.body)
    canvas.write(105, y + 2, addressee, anchor="m")
    rows = form(canvas, look, fill=pen(look))
    relation = "Cha" if requester.sex == "Nam" else "Mẹ"
    y = rows.row(
        y + 11,
        Cell(
            label="Họ, chữ đệm, tên người yêu cầu:",
            text=requester.upper,
            field="requester_name",
            value=requester.name,
        ),
    )
    y = rows.row(y, Cell(label="Giấy tờ tùy thân:", text=identity_paper(requester)))
    y = rows.row(y, Cell(label="Nơi cư trú:", text=requester.home.text))
    y = rows.row(y, Cell(label="Quan hệ với người được khai sinh:", text=f"{relation} đẻ"))
    ask = "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:"
    canvas.write(look.left, y, Span(text=ask, style=look.body.but(bold=True)))
    y = _child_rows(rows, y + look.leading, family, label_name="Họ, chữ đệm, tên:", has_number=False)
    y = _parent_rows(rows, y, family)
    y = _oath(canvas, look, y + 1)
    y = _copies(canvas, look, y, copies)
    day = Span(text=f"Làm tại: {scene.city}, {spoken(scene.today)}", style=look.body.but(italic=True))
    canvas.write(150, y + 2, day, anchor="m")
    hints = ("(Ký, ghi rõ họ, chữ đệm, tên)",)
    signer = Signer(over=("Người yêu cầu",), hints=hints, name=requester.name, field="")
    sign(scene, canvas, 150, y + 8.5, signer, room=20)
    return Paper(type_id="to_khai_khai_sinh", sheets=[Sheet(canvas=canvas, type_id="to_khai_khai_sinh")])


def _oath(canvas: Canvas, look: Look, y: float) -> float:
    text = (
        "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa "
        "thuận nhất trí "
        "của các bên liên quan và chịu trách nhiệm trước pháp luật về nội dung cam đoan của mình."
    )
    return canvas.paragraph(
        look.left, y, look.width, [Span(text=text, style=look.body)], leading=look.leading * 0.92, indent=8
    )


def _copies(canvas: Canvas, look: Look, y: float, copies: int) -> float:
    style = look.body
    text = "Đề nghị cấp bản sao: Có"
    areas = [canvas.mark(look.left, y, text, style)]
    at = tick_box(canvas, look.left + canvas.measure(text, style) + 2, y, ticked=copies > 0)
    areas.append(canvas.mark(at + 5, y, ", Không", style))
    at = tick_box(canvas, at + 5 + canvas.measure(", Không", style) + 2, y, ticked=copies == 0)
    tail = f"Số lượng: {copies:02d} bản" if copies else "Số lượng: ...... bản"
    areas.append(canvas.mark(at + 9, y, tail, style))
    canvas.note_line(f"{text} , Không {tail}", [area for area in areas if area is not None])
    return y + look.leading


def _child_rows(rows: Form, y: float, family: Family, *, label_name: str, has_number: bool) -> float:
    child = family.child
    y = rows.row(
        y, Cell(label=label_name, text=child.upper, field="person_name", value=child.name, bold=True)
    )
    y = rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm sinh:",
            text=slashed(child.born),
            share=0.44,
            field="birth_date",
            value=child.born.isoformat(),
        ),
        Cell(label="ghi bằng chữ:", text=_first_words(child.born), share=0.56),
    )
    y = rows.row(y, Cell(label="", text=_rest_words(child.born)))
    y = rows.row(
        y,
        Cell(label="Giới tính:", text=child.sex, field="sex"),
        Cell(label="Dân tộc:", text=family.father.ethnicity, field="ethnicity"),
        Cell(label="Quốc tịch:", text="Việt Nam", field="nationality"),
    )
    y = rows.row(y, Cell(label="Nơi sinh:", text=birth_place(child), field="place_of_birth"))
    y = rows.row(y, Cell(label="Quê quán:", text=child.origin, field="place_of_origin"))
    if has_number:
        y = rows.row(y, Cell(label="Số định danh cá nhân:", text=child.number, field="personal_number"))
    return y


def birth_place(child: Person) -> str:
    """The health centre of the child's commune."""
    return f"Trung tâm Y tế khu vực {child.home.area.ward_name}, {child.home.area.text}"


def _first_words(day: date) -> str:
    return ",".join(in_words(day).split(",")[:2]) + ","


def _rest_words(day: date) -> str:
    return in_words(day).split(", ", 2)[2]


def _parent_rows(rows: Form, y: float, family: Family) -> float:
    for who, person, name in (("mẹ", family.mother, "mother_name"), ("cha", family.father, "father_name")):
        y = rows.row(
            y,
            Cell(
                label=f"Họ, chữ đệm, tên người {who}:",
                text=person.upper,
                field=name,
                value=person.name,
                bold=True,
            ),
        )
        y = rows.row(
            y,
            Cell(label="Năm sinh:", text=str(person.born.year)),
            Cell(label="Dân tộc:", text=person.ethnicity),
            Cell(label="Quốc tịch:", text="Việt Nam"),
        )
        y = rows.row(y, Cell(label="Nơi cư trú:", text=person.home.text))
    return y


def certificate(scene: Scene, record: BirthRecord) -> Paper:
    """``GIẤY KHAI SINH``, the original on patterned pink paper with red print."""
    look = scene.look(size=12.8)
    canvas = security_sheet(scene)
    y = _certificate_top(canvas, look, record)
    rows = form(canvas, look, leader_colour=DARK_RED, lift=scene.rng.uniform(0.3, 1.5))
    y = _record_rows(rows, y, record)
    signer = Signer(
        over=("NGƯỜI KÝ GIẤY KHAI SINH", "CHỦ TỊCH"),
        name=record.signer,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, canvas, 148, y + 3, signer)
    return Paper(type_id="giay_khai_sinh", sheets=[Sheet(canvas=canvas, type_id="giay_khai_sinh")])


def _certificate_top(canvas: Canvas, look: Look, record: BirthRecord) -> float:
    y = republic_head(canvas, look, y=look.top + 6)
    y = title(canvas, y + 4, "GIẤY KHAI SINH", size=22, colour=RED)
    number = Span(text=record.number, style=look.body.but(bold=True), field="document_number")
    canvas.write(183, y - 1, Span(text="Số: ", style=look.body), number, anchor="r")
    return y + 8


def security_sheet(scene: Scene) -> Canvas:
    """A4 with fine pink lines, a drum in the middle and a double frame."""
    canvas = scene.sheet()
    ground = ((255, 247, 244), (253, 240, 238))
    canvas.picture(
        waves((1240, 1754), ground, ((250, 222, 218), (248, 226, 206)), scene.rng, pitch=15), 0, 0, 210
    )
    canvas.picture(drum(1100, (250, 212, 206)), 45, 88, 120)
    for inset, width in ((9.0, 0.8), (10.6, 0.25)):
        canvas.box((inset, inset, 210 - inset, 297 - inset), width=width, colour=(214, 92, 92))
    return canvas


def _record_rows(rows: Form, y: float, record: BirthRecord) -> float:
    y = _child_rows(rows, y, record.family, label_name="Họ, chữ đệm, tên:", has_number=True)
    y = _parent_rows(rows, y, record.family)
    who = record.requester
    y = rows.row(
        y,
        Cell(
            label="Họ, chữ đệm, tên người đi khai sinh:",
            text=who.upper,
            field="requester_name",
            value=who.name,
        ),
    )
    y = rows.row(y, Cell(label="Giấy tờ tùy thân:", text=identity_paper(who, record.registered)))
    area = record.family.father.home.area
    place = f"Ủy ban nhân dân {area.ward[0].lower()}{area.ward[1:]}, {area.province}"
    y = rows.row(y, Cell(label="Nơi đăng ký khai sinh:", text=place, field="issuer"))
    return rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm đăng ký:",
            text=slashed(record.registered),
            field="issue_date",
            value=record.registered.isoformat(),
        ),
    )


def certificate_copy(scene: Scene, record: BirthRecord) -> Paper:
    """``GIẤY KHAI SINH (BẢN SAO)``: two numbers, two dates, two signers."""
    canvas, look = scene.sheet(), scene.look(size=12.4)
    copied = scene.today
    number = [
        Span(text="Số: ", style=look.body),
        Span(text=f"{scene.rng.randint(2, 900)}/GKS-BS", style=look.body, field="document_number"),
    ]
    agency = ("ỦY BAN NHÂN DÂN", scene.area.ward.upper())
    y = office_head(canvas, look, agency, number=number)
    y = title(canvas, y + 5, "GIẤY KHAI SINH", size=18)
    y = note(canvas, y - 1, "(BẢN SAO)", bold=True)
    register = Span(text=record.number, style=look.body.but(bold=True), field="register_number")
    canvas.write(210 - look.right, y, Span(text="Số: ", style=look.body), register, anchor="r")
    rows = form(canvas, look)
    y = _child_rows(rows, y + 8, record.family, label_name="Họ, chữ đệm, tên:", has_number=True)
    y = _parent_rows(rows, y, record.family)
    y = rows.row(
        y,
        Cell(
            label="Nơi đăng ký khai sinh:", text=f"{scene.committee}, {scene.area.province}", field="issuer"
        ),
    )
    y = rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm đăng ký:",
            text=slashed(record.registered),
            field="registration_date",
            value=record.registered.isoformat(),
        ),
    )
    _two_signers(scene, canvas, look, y, record, copied)
    return Paper(
        type_id="giay_khai_sinh_ban_sao",
        sheets=[Sheet(canvas=canvas, type_id="giay_khai_sinh_ban_sao")],
        copy_kind="ban_sao",
    )


def _two_signers(
    scene: Scene, canvas: Canvas, look: Look, y: float, record: BirthRecord, copied: date
) -> None:
    first = Signer(
        over=("NGƯỜI KÝ GIẤY KHAI SINH",),
        name=record.signer,
        said="(Đã ký)",
        by_hand=False,
        field="register_signer_name",
    )
    sign(scene, canvas, look.left + 34, y + 9, first)
    source = "Sao từ Sổ đăng ký khai sinh"
    canvas.write(147, y + 3, Span(text=source, style=look.body.but(italic=True)), anchor="m")
    day = Span(
        text=spoken(copied), style=look.body.but(italic=True), field="issue_date", value=copied.isoformat()
    )
    canvas.write(147, y + 9, Span(text=f"{scene.city}, ", style=look.body.but(italic=True)), day, anchor="m")
    signer = Signer(
        over=("NGƯỜI KÝ BẢN SAO", "PHÓ CHỦ TỊCH"),
        name=scene.deputy,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, canvas, 147, y + 15, signer)


def extract(scene: Scene, record: BirthRecord) -> Paper:
    """``TRÍCH LỤC KHAI SINH (BẢN SAO)``: values between dots."""
    canvas, look = scene.sheet(), replace(scene.look(size=12.8), has_dots_under_values=False)
    number = [
        Span(text="Số: ", style=look.body),
        Span(text=f"{scene.rng.randint(2, 900)}/TLKS-BS", style=look.body, field="document_number"),
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
    agency = ("ỦY BAN NHÂN DÂN", scene.area.ward.upper())
    y = office_head(canvas, look, agency, number=number, place_and_date=day)
    y = title(canvas, y + 7, "TRÍCH LỤC KHAI SINH", size=17)
    y = note(canvas, y - 1, "(BẢN SAO)", bold=True)
    rows = form(canvas, look)
    y = _child_rows(rows, y + 5, record.family, label_name="Họ, chữ đệm, tên:", has_number=True)
    y = _parent_rows(rows, y, record.family)
    place = f"{scene.committee}, {scene.area.province}"
    y = rows.row(y, Cell(label="Đăng ký khai sinh tại:", text=place, field="issuer"))
    y = rows.row(
        y,
        Cell(label="Số:", text=record.number, share=0.4, field="register_number"),
        Cell(
            label="ngày",
            text=slashed(record.registered),
            share=0.6,
            field="registration_date",
            value=record.registered.isoformat(),
        ),
    )
    y = rows.row(y, Cell(label="Ghi chú:", text="Không"))
    signer = Signer(
        over=("NGƯỜI KÝ TRÍCH LỤC", "PHÓ CHỦ TỊCH"),
        name=scene.deputy,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, canvas, 147, y + 4, signer)
    return Paper(
        type_id="trich_luc_khai_sinh",
        sheets=[Sheet(canvas=canvas, type_id="trich_luc_khai_sinh")],
        copy_kind="ban_sao",
    )


def notice(scene: Scene, family: Family) -> Paper:
    """``GIẤY CHỨNG SINH`` of a health centre, filled in by hand."""
    canvas, look = scene.sheet(), scene.look(size=12.8)
    child, mother, rng = family.child, family.mother, scene.rng
    centre = f"Trung tâm Y tế khu vực {child.home.area.ward_name}"
    number = [
        Span(text="Số: ", style=look.body),
        Span(text=f"{rng.randint(10, 999)}", style=pen(look), field="document_number"),
        Span(text="   Quyển số: ", style=look.body),
        Span(text=f"{rng.randint(1, 9):02d}", style=pen(look)),
    ]
    y = office_head(canvas, look, ("Cơ sở y tế:", centre), number=number)
    y = title(canvas, y + 8, "GIẤY CHỨNG SINH", size=19)
    rows = form(canvas, look, fill=pen(look))
    y = rows.row(
        y + 6,
        Cell(
            label="Họ và tên mẹ hoặc người nuôi dưỡng:",
            text=mother.upper,
            field="mother_name",
            value=mother.name,
        ),
    )
    y = rows.row(
        y, Cell(label="Năm sinh:", text=str(mother.born.year)), Cell(label="Dân tộc:", text=mother.ethnicity)
    )
    y = rows.row(y, Cell(label="Nơi thường trú/tạm trú:", text=mother.home.text))
    y = rows.row(y, Cell(label="Số CMND/Hộ chiếu:", text=mother.number, field="mother_personal_number"))
    y = rows.row(
        y,
        Cell(label="Họ và tên cha:", text=family.father.upper, field="father_name", value=family.father.name),
    )
    y = _birth_moment(rows, y, child, rng.randint(0, 23), rng.randint(0, 59))
    y = rows.row(y, Cell(label="Tại:", text=f"{centre}", field="place_of_birth"))
    y = rows.row(
        y,
        Cell(label="Số con trong một lần sinh:", text="01"),
        Cell(label="Con thứ mấy:", text=f"{rng.randint(1, 3):02d}"),
    )
    y = rows.row(
        y,
        Cell(label="Giới tính của con:", text=child.sex, field="sex"),
        Cell(label="Cân nặng:", text=f"{rng.randint(26, 41) * 100} gam"),
    )
    y = rows.row(
        y, Cell(label="Dự định đặt tên con là:", text=child.upper, field="person_name", value=child.name)
    )
    y = rows.row(y, Cell(label="Ghi chú:", text="Mẹ và con khỏe mạnh"))
    _notice_signers(scene, canvas, look, y, family)
    return Paper(type_id="giay_chung_sinh", sheets=[Sheet(canvas=canvas, type_id="giay_chung_sinh")])


def _birth_moment(rows: Form, y: float, child: Person, hour: int, minute: int) -> float:
    return rows.row(
        y,
        Cell(label="Đã sinh con vào lúc", text=f"{hour:02d}", share=0.36),
        Cell(label="giờ", text=f"{minute:02d}", share=0.16),
        Cell(
            label="phút, ngày",
            text=spoken(child.born).removeprefix("ngày "),
            share=0.48,
            field="birth_date",
            value=child.born.isoformat(),
        ),
    )


def _notice_signers(scene: Scene, canvas: Canvas, look: Look, y: float, family: Family) -> None:
    day = family.child.born
    text = Span(text=f"{scene.city}, ", style=look.body.but(italic=True))
    when = Span(text=spoken(day), style=look.body.but(italic=True), field="issue_date", value=day.isoformat())
    canvas.write(148, y + 3, text, when, anchor="m")
    columns = ((49.0, "Cha, mẹ", family.mother.name), (104.0, "Người đỡ đẻ", scene.population.official()))
    for centre, office, name in columns:
        hint = ("(Ký, ghi rõ họ tên)",)
        sign(scene, canvas, centre, y + 10, Signer(over=(office,), hints=hint, name=name, field=""), room=28)
    head = Signer(
        over=("Thủ trưởng cơ sở y tế",),
        hints=("(Ký tên, đóng dấu)",),
        name=scene.population.official(),
        around="Trung tâm Y tế khu vực",
        below=family.child.home.area.ward_name,
    )
    sign(scene, canvas, 160, y + 10, head, room=28)
