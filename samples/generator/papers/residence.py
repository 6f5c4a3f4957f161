"""Residence papers: the change form CT01 and the confirmation CT07."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from samples.generator.canvas import Area, Canvas
from samples.generator.ink import signature
from samples.generator.layout import (
    Cell,
    Column,
    Entry,
    Signer,
    digit_boxes,
    form,
    office_head,
    pen,
    republic_head,
    sign,
    table,
    title,
)
from samples.generator.people import Person
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.style import Span, Style
from samples.generator.wording import slashed, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a household and what they are to its head."""

    person: Person
    relation: str


_COLUMNS = (
    Column(head="TT", width=9, align="centre"),
    Column(head="Họ, chữ đệm và tên", width=42),
    Column(head="Ngày, tháng, năm sinh", width=26, align="centre"),
    Column(head="Giới tính", width=15, align="centre"),
    Column(head="Số định danh cá nhân", width=34, align="centre"),
    Column(head="Mối quan hệ với chủ hộ", width=36, align="centre"),
)


def ct01(scene: Scene, applicant: Person, head: Person, relation: str, members: Sequence[Member]) -> Paper:
    """``TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ`` for registering permanent residence."""
    canvas, look = scene.sheet(), scene.look(size=12.3)
    y = _form_code(canvas, look)
    y = republic_head(canvas, look, y=y)
    y = title(canvas, y - 1, "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", size=14.5)
    to = Span(text=f"Kính gửi(1): Công an {scene.area.ward[0].lower()}{scene.area.ward[1:]}", style=look.body)
    canvas.write(105, y + 1, to, anchor="m")
    y = _ct01_rows(canvas, look, y + 8, applicant, head, relation)
    label = "11. Những thành viên trong hộ gia đình cùng thay đổi:"
    canvas.write(look.left, y, Span(text=label, style=look.body))
    rows = [_member_row(number, each) for number, each in enumerate(members, start=1)]
    rows += [[Entry(text="")] * 6] * max(0, 2 - len(rows))
    y = table(canvas, look.left - 1, y + 2.5, _COLUMNS, rows, Style(size=11))
    _four_columns(scene, canvas, look, y + 8, applicant, head)
    return Paper(type_id="ct01", sheets=[Sheet(canvas=canvas, type_id="ct01")])


def _form_code(canvas: Canvas, look: Look) -> float:
    style = Style(size=9.5, italic=True)
    lines = (
        "Mẫu CT01 ban hành kèm theo Thông tư số 53/2025/TT-BCA",
        "ngày 01/7/2025 của Bộ trưởng Bộ Công an",
    )
    y = look.top - 8
    for line in lines:
        canvas.write(210 - look.right, y, Span(text=line, style=style), anchor="r")
        y += 4.2
    return y + 6


def _member_row(number: int, member: Member) -> list[Entry]:
    person = member.person
    texts = (str(number), person.name, slashed(person.born), person.sex, person.number, member.relation)
    return [Entry(text=text) for text in texts]


def _ct01_rows(canvas: Canvas, look: Look, y: float, applicant: Person, head: Person, relation: str) -> float:
    rows = form(canvas, look, fill=pen(look))
    y = rows.row(
        y,
        Cell(
            label="1. Họ, chữ đệm và tên khai sinh:",
            text=applicant.upper,
            field="person_name",
            value=applicant.name,
        ),
    )
    y = rows.row(
        y,
        Cell(
            label="2. Ngày, tháng, năm sinh:",
            text=slashed(applicant.born),
            field="birth_date",
            value=applicant.born.isoformat(),
            share=0.58,
        ),
        Cell(label="3. Giới tính:", text=applicant.sex, field="sex", share=0.42),
    )
    y = _boxed(canvas, look, y + 0.8, "4. Số định danh cá nhân:", applicant.number, "personal_number")
    y = rows.row(
        y,
        Cell(label="5. Số điện thoại liên hệ:", text=applicant.phone, field="phone"),
        Cell(label="6. Email:", text=applicant.email),
    )
    y = rows.row(
        y,
        Cell(
            label="7. Họ, chữ đệm và tên chủ hộ:", text=head.name, field="head_of_household_name", share=0.58
        ),
        Cell(label="8. Mối quan hệ với chủ hộ:", text=relation, share=0.42),
    )
    y = _boxed(
        canvas, look, y + 0.8, "9. Số định danh cá nhân của chủ hộ:", head.number, "head_of_household_number"
    )
    wish = (
        f"Đăng ký thường trú vào hộ ông/bà {head.name} tại {head.home.text}"
        if head is not applicant
        else (f"Đăng ký thường trú tại {head.home.text}")
    )
    return rows.row(y, Cell(label="10. Nội dung đề nghị(2):", text=wish))


def _boxed(canvas: Canvas, look: Look, y: float, label: str, digits: str, field: str) -> float:
    areas: list[Area] = []
    words = canvas.mark(look.left, y, label, look.body)
    start = look.left + canvas.measure(f"{label} ", look.body) + 2
    _, marks = digit_boxes(canvas, start, y, digits, pen(look))
    is_by_hand = pen(look).is_by_hand
    canvas.note_field(field, digits, digits, marks, is_by_hand=is_by_hand)
    areas += [each for each in (words, *(() if is_by_hand else marks)) if each is not None]
    canvas.note_line(label if is_by_hand else f"{label} {digits}", areas)
    return y + look.leading + 0.8


def _four_columns(
    scene: Scene, canvas: Canvas, look: Look, y: float, applicant: Person, head: Person
) -> None:
    """Each column: day, heading of up to three lines, hint, signature, name."""
    columns = (
        (("Ý KIẾN CỦA CHỦ HỘ(3)",), head.name if head is not applicant else ""),
        (("Ý KIẾN CỦA CHỦ SỞ HỮU", "CHỖ Ở HỢP PHÁP(4)"), head.name),
        (("Ý KIẾN CỦA CHA HOẶC", "MẸ HOẶC NGƯỜI", "GIÁM HỘ(5)"), ""),
        (("NGƯỜI KÊ KHAI(6)",), applicant.name),
    )
    width = (look.width + 8) / 4
    for number, (heading, name) in enumerate(columns):
        centre = look.left - 4 + width * (number + 0.5)
        _column(scene, canvas, centre, y, width, heading, name)


def _column(
    scene: Scene, canvas: Canvas, centre: float, y: float, width: float, heading: Sequence[str], name: str
) -> None:
    small = Style(size=9.6, italic=True)
    day = f"...., {spoken(scene.today)}" if name else "....., ngày..... tháng..... năm......."
    canvas.write(centre, y, Span(text=day, style=canvas.fit(day, small, width - 2)), anchor="m")
    at = y + 5
    for line in heading:
        style = canvas.fit(line, Style(size=9.8, bold=True), width - 1.5)
        canvas.write(centre, at, Span(text=line, style=style), anchor="m")
        at += 4.4
    canvas.write(centre, at, Span(text="(Ký, ghi rõ họ tên)", style=small), anchor="m")
    if name:
        canvas.stamp(signature(scene.rng), centre - 15, y + 23, 29, "signature")
        canvas.write(centre, y + 43, Span(text=name, style=Style(size=10.5, bold=True)), anchor="m")


def ct07(scene: Scene, person: Person, head: Person, relation: str, members: Sequence[Member]) -> Paper:
    """``XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ`` of the commune police."""
    canvas, look = scene.sheet(), scene.look(size=12.2)
    number = [
        Span(text="Số: ", style=look.body),
        Span(text=f"{scene.rng.randint(12, 3000)}/XN", style=look.body, field="document_number"),
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
    agency = (f"CÔNG AN {scene.area.province.upper()}", f"CÔNG AN {scene.area.ward.upper()}")
    y = office_head(canvas, look, agency, number=number, place_and_date=day)
    y = title(canvas, y + 4, "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", size=14.5)
    y = title(canvas, y + 2, f"CÔNG AN {scene.area.ward.upper()} XÁC NHẬN:", size=12.5)
    y = _ct07_rows(canvas, look, y + 2, person, head, relation)
    canvas.write(
        look.left,
        y,
        Span(text="II. Thông tin về các thành viên trong hộ gia đình:", style=look.body.but(bold=True)),
    )
    rows = [_member_row(place, each) for place, each in enumerate(members, start=1)]
    y = table(canvas, look.left - 1, y + 2.5, _COLUMNS, rows, Style(size=11)) + 7
    return _ct07_end(scene, canvas, look, y)


def _ct07_rows(canvas: Canvas, look: Look, y: float, person: Person, head: Person, relation: str) -> float:
    rows = form(canvas, look, has_leaders=False)
    label = "I. Thông tin về cư trú của công dân:"
    canvas.write(look.left, y, Span(text=label, style=look.body.but(bold=True)))
    y = rows.row(
        y + look.leading,
        Cell(
            label="Họ, chữ đệm và tên khai sinh:",
            text=person.upper,
            field="person_name",
            value=person.name,
            bold=True,
        ),
    )
    y = rows.row(
        y,
        Cell(
            label="1. Ngày, tháng, năm sinh:",
            text=slashed(person.born),
            field="birth_date",
            value=person.born.isoformat(),
        ),
        Cell(label="2. Giới tính:", text=person.sex, field="sex"),
    )
    y = rows.row(y, Cell(label="3. Số định danh cá nhân:", text=person.number, field="personal_number"))
    y = rows.row(
        y,
        Cell(label="4. Dân tộc:", text=person.ethnicity, field="ethnicity"),
        Cell(label="5. Tôn giáo:", text=person.religion),
    )
    y = rows.row(y, Cell(label="6. Quê quán:", text=person.origin, field="place_of_origin"))
    y = rows.row(y, Cell(label="7. Nơi đăng ký khai sinh:", text=person.birth_area.text))
    y = rows.row(y, Cell(label="8. Nơi thường trú:", text=person.home.text, field="residence"))
    y = rows.row(y, Cell(label="9. Nơi tạm trú:", text="Không"))
    y = rows.row(y, Cell(label="10. Nơi ở hiện tại:", text=person.home.text))
    y = rows.row(
        y, Cell(label="11. Họ, chữ đệm và tên chủ hộ:", text=head.name, field="head_of_household_name")
    )
    y = rows.row(y, Cell(label="12. Quan hệ với chủ hộ:", text=relation))
    return rows.row(
        y,
        Cell(
            label="13. Số định danh cá nhân của chủ hộ:", text=head.number, field="head_of_household_number"
        ),
    )


def _ct07_end(scene: Scene, canvas: Canvas, look: Look, y: float) -> Paper:
    until = scene.today + timedelta(days=365)
    third = "III. Nội dung xác nhận khác: Không"
    canvas.write(look.left, y, Span(text=third, style=look.body.but(bold=True)))
    canvas.write(
        look.left,
        y + look.leading,
        Span(text="Giấy này có giá trị sử dụng đến hết ", style=look.body),
        Span(
            text=spoken(until), style=look.body.but(bold=True), field="expiry_date", value=until.isoformat()
        ),
    )
    signer = Signer(
        over=("TRƯỞNG CÔNG AN",),
        hints=("(Ký, ghi rõ họ tên và đóng dấu)",),
        name=scene.policeman,
        around=f"CÔNG AN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, canvas, 150, y + look.leading * 2 + 1, signer)
    return Paper(type_id="ct07", sheets=[Sheet(canvas=canvas, type_id="ct07")])
