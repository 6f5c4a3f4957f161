"""Identity papers beside the chip cards: the old CMND, the passport, the driving licence.

Labels of CMND and passport: domain facts, section 4, rows 5 and 6, from memory and unverified; those of the
driving licence: row 31. Colours and places are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from samples.generator.canvas import Canvas
from samples.generator.ink import seal, signature
from samples.generator.mrz import passport_zone
from samples.generator.people import Person, working_day
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.security_print import emblem, fingerprint, portrait, waves
from samples.generator.style import GOLD, RED, Colour, Span, Style
from samples.generator.wording import ascii_capitals, slashed

_DPI: Final = 600
_LABEL: Final = Style(size=5.4, family="sans", colour=(40, 52, 60))
_VALUE: Final = Style(size=6.8, family="sans", bold=True)
_MARKS: Final = (
    "Nốt ruồi cách 1cm trên sau mép phải",
    "Sẹo chấm cách 2cm dưới sau đuôi mắt trái",
    "Sẹo dài 1cm giữa trán",
)


def _ground(scene: Scene, size: tuple[float, float], colours: tuple[Colour, Colour], ink: Colour) -> Canvas:
    canvas = Canvas(*size, scene.fonts, dpi=_DPI)
    half = (canvas.image.width // 2, canvas.image.height // 2)
    canvas.picture(waves(half, colours, (ink, ink), scene.rng, pitch=12), 0, 0, size[0])
    return canvas


def _said(
    canvas: Canvas, x: float, y: float, label: str, text: str, field: str = "", value: str | None = None
) -> float:
    return canvas.write(
        x,
        y,
        Span(text=f"{label} ", style=_LABEL.but(size=6.2)),
        Span(text=text, style=_VALUE, field=field, value=value),
    )


def cmnd(scene: Scene, person: Person) -> Paper:
    """Both sides of a ``GIẤY CHỨNG MINH NHÂN DÂN`` with nine digits."""
    number = person.old_number or f"00{scene.serial(7)}"
    issued = working_day(scene.rng, date(2008, 1, 2), date(2015, 11, 30))
    sheets = [_cmnd_front(scene, person, number), _cmnd_back(scene, person, issued)]
    return Paper(type_id="cmnd", sheets=[Sheet(canvas=each, type_id="cmnd") for each in sheets])


_CMND: Final = (85.6, 53.8)
_CMND_GROUND: Final = ((224, 240, 226), (232, 244, 232))
_CMND_INK: Final = (176, 214, 184)


def _cmnd_front(scene: Scene, person: Person, number: str) -> Canvas:
    canvas = _ground(scene, _CMND, _CMND_GROUND, _CMND_INK)
    small = Style(size=5.2, family="sans", bold=True)
    canvas.write(52, 5, Span(text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style=small), anchor="m")
    canvas.write(52, 7.8, Span(text="Độc lập - Tự do - Hạnh phúc", style=small), anchor="m")
    head = Style(size=9, family="sans", bold=True, colour=RED)
    canvas.write(52, 12.8, Span(text="GIẤY CHỨNG MINH NHÂN DÂN", style=head), anchor="m")
    canvas.picture(emblem(220, GOLD, (206, 40, 44)), 6.5, 3, 12)
    canvas.picture(portrait((240, 320), scene.rng), 4, 18.5, 18.5)
    digits = Style(size=10, family="sans", bold=True, colour=RED)
    canvas.write(
        30, 18.2, Span(text="SỐ ", style=digits), Span(text=number, style=digits, field="old_number")
    )
    x = 25.0
    _said(canvas, x, 23.4, "Họ tên:", person.upper, "person_name", person.name)
    _said(canvas, x, 28.4, "Sinh ngày:", f"{person.born:%d-%m-%Y}", "birth_date", person.born.isoformat())
    for y, label, text, field in (
        (33.4, "Nguyên quán:", person.origin, "place_of_origin"),
        (42.4, "Nơi ĐKHK thường trú:", person.home.text, "residence"),
    ):
        spans = [
            Span(text=f"{label} ", style=_LABEL.but(size=6.2)),
            Span(text=text, style=_VALUE, field=field),
        ]
        canvas.paragraph(x, y, 58, spans, leading=4.2, align="left")
    return canvas


def _cmnd_back(scene: Scene, person: Person, issued: date) -> Canvas:
    canvas = _ground(scene, _CMND, _CMND_GROUND, _CMND_INK)
    _said(canvas, 24, 5.6, "Dân tộc:", person.ethnicity, "ethnicity")
    _said(canvas, 54, 5.6, "Tôn giáo:", person.religion, "religion")
    for number, label in enumerate(("NGÓN TRỎ TRÁI", "NGÓN TRỎ PHẢI")):
        top = 3 + number * 25
        canvas.picture(fingerprint((170, 190), scene.rng), 4, top + 3.4, 16)
        canvas.write(12, top + 2, Span(text=label, style=_LABEL.but(size=4.4, bold=True)), anchor="m")
    canvas.write(
        53, 11.5, Span(text="DẤU VẾT RIÊNG VÀ DỊ HÌNH", style=_LABEL.but(size=6, bold=True)), anchor="m"
    )
    sign = Span(text=scene.rng.choice(_MARKS), style=_VALUE.but(bold=False, size=6.4))
    canvas.paragraph(24, 16.4, 58, [sign], leading=4.0, align="left")
    day = Span(
        text=f"Ngày {issued:%d} tháng {issued:%m} năm {issued.year}",
        style=_LABEL.but(size=6, italic=True),
        field="issue_date",
        value=issued.isoformat(),
    )
    canvas.write(56, 27, day, anchor="m")
    office = f"GIÁM ĐỐC CÔNG AN {person.home.area.province.upper()}"
    style = canvas.fit(office, _LABEL.but(size=6, bold=True), 56)
    canvas.write(56, 30.4, Span(text=office, style=style, field="issuer"), anchor="m")
    canvas.stamp(signature(scene.rng), 48, 34, 22, "signature")
    picture = seal(f"CÔNG AN {person.home.area.province}", "Giám đốc", scene.fonts, scene.rng)
    canvas.stamp(picture, 34, 31, 19, "round_seal", "CÔNG AN")
    name = Span(text=scene.population.official(), style=_VALUE.but(size=6), field="signer_name")
    canvas.write(56, 50.5, name, anchor="m")
    return canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passport:
    number: str
    issued: date
    expires: date


def passport(scene: Scene, person: Person) -> Paper:
    """The data page of a ``HỘ CHIẾU / PASSPORT`` with its zone of two lines of 44."""
    issued = working_day(scene.rng, date(2019, 3, 1), date(2025, 11, 28))
    expires = date(issued.year + 10, issued.month, min(issued.day, 28))
    book = _Passport(number=f"X{scene.serial(7)}", issued=issued, expires=expires)
    canvas = _ground(scene, (125.0, 88.0), ((236, 240, 226), (244, 228, 214)), (214, 206, 178))
    head = Style(size=8, family="sans", bold=True, colour=(150, 30, 40))
    canvas.write(5, 7.6, Span(text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style=head.but(size=6.6)))
    canvas.write(5, 11, Span(text="SOCIALIST REPUBLIC OF VIET NAM", style=head.but(size=5.4, bold=False)))
    canvas.write(120, 8, Span(text="HỘ CHIẾU / PASSPORT", style=head.but(size=9.4)), anchor="r")
    canvas.picture(portrait((300, 400), scene.rng), 5, 16, 30)
    _passport_rows(canvas, person, book)
    canvas.stamp(signature(scene.rng), 8, 55, 22, "signature")
    canvas.fill((0, 68.5, 125, 88), (250, 248, 240))
    lines = passport_zone(person, book.number, book.expires)
    style = canvas.fit(lines[0], Style(size=11.5, family="mono", bold=True), 115)
    for number, line in enumerate(lines):
        canvas.write(5, 75.5 + 6.4 * number, Span(text=line, style=style))
    canvas.codes.append(("mrz", "\n".join(lines)))
    return Paper(type_id="ho_chieu", sheets=[Sheet(canvas=canvas, type_id="ho_chieu")])


def _passport_rows(canvas: Canvas, person: Person, book: _Passport) -> None:
    flat = ascii_capitals
    rows: tuple[tuple[tuple[str, str, str, str], ...], ...] = (
        (
            ("Loại / Type", "P", "", ""),
            ("Mã số / Code", "VNM", "", ""),
            ("Hộ chiếu số / Passport No", book.number, "passport_number", book.number),
        ),
        (("Họ và tên / Full name", person.upper, "person_name", person.name),),
        (("Quốc tịch / Nationality", "VIỆT NAM / VIETNAMESE", "nationality", "Việt Nam"),),
        (
            (
                "Ngày sinh / Date of birth",
                f"{person.born:%d / %m / %Y}",
                "birth_date",
                person.born.isoformat(),
            ),
            ("Nơi sinh / Place of birth", flat(person.birth_area.province_name), "", ""),
        ),
        (
            ("Giới tính / Sex", "NAM / M" if person.sex == "Nam" else "NỮ / F", "sex", person.sex),
            ("Số GCMND / ID card No", person.number, "personal_number", person.number),
        ),
        (
            (
                "Ngày cấp / Date of issue",
                f"{book.issued:%d / %m / %Y}",
                "issue_date",
                book.issued.isoformat(),
            ),
            (
                "Có giá trị đến / Date of expiry",
                f"{book.expires:%d / %m / %Y}",
                "expiry_date",
                book.expires.isoformat(),
            ),
        ),
        (("Nơi cấp / Place of issue", "Cục Quản lý xuất nhập cảnh / Immigration Department", "", ""),),
    )
    y = 17.5
    for row in rows:
        width = 82 / len(row)
        for place, (label, text, field, value) in enumerate(row):
            x = 39 + place * width
            canvas.write(x, y, Span(text=label, style=_LABEL))
            style = canvas.fit(text, _VALUE.but(size=7.6), width - 1)
            canvas.write(x, y + 3.5, Span(text=text, style=style, field=field, value=value or None))
        y += 7.3


def driving_licence(scene: Scene, person: Person) -> Paper:
    """Both sides of a ``GIẤY PHÉP LÁI XE / DRIVER'S LICENSE``; the number has twelve digits."""
    passed = working_day(scene.rng, person.born + timedelta(days=19 * 365), date(2024, 3, 1))
    kind = scene.rng.choice(("A1", "A1", "B2", "B1", "C"))
    until = None if kind == "A1" else date(passed.year + 10, passed.month, min(passed.day, 28))
    front = _ground(scene, (85.6, 54.0), ((250, 244, 214), (246, 232, 196)), (232, 214, 150))
    _licence_front(scene, front, person, kind, until, passed)
    back = _ground(scene, (85.6, 54.0), ((250, 244, 214), (246, 232, 196)), (232, 214, 150))
    _licence_back(back, kind, passed)
    kinds = [Sheet(canvas=each, type_id="giay_phep_lai_xe") for each in (front, back)]
    return Paper(type_id="giay_phep_lai_xe", sheets=kinds)


def _licence_front(
    scene: Scene, canvas: Canvas, person: Person, kind: str, until: date | None, passed: date
) -> None:
    small = Style(size=5, family="sans", bold=True)
    for y, text in (
        (5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (7.8, "Độc lập - Tự do - Hạnh phúc"),
    ):
        canvas.write(54, y, Span(text=text, style=small), anchor="m")
    head = Style(size=8.2, family="sans", bold=True, colour=RED)
    canvas.write(
        54, 12.4, Span(text="GIẤY PHÉP LÁI XE / DRIVER'S LICENSE", style=head.but(size=7.4)), anchor="m"
    )
    number = f"{person.number[:3]}{scene.serial(9)}"
    canvas.write(
        54,
        17,
        Span(text="Số/No: ", style=_LABEL.but(size=7)),
        Span(text=number, style=head, field="document_number"),
        anchor="m",
    )
    canvas.picture(portrait((240, 320), scene.rng), 4, 8, 20)
    x = 27.0
    y = 21.6
    rows = (
        ("Họ tên/Full name:", person.upper, "person_name", person.name),
        ("Ngày sinh/Date of birth:", slashed(person.born), "birth_date", person.born.isoformat()),
        ("Quốc tịch/Nationality:", "VIỆT NAM", "nationality", "Việt Nam"),
    )
    for label, text, field, value in rows:
        _said(canvas, x, y, label, text, field, value)
        y += 4.2
    spans = [
        Span(text="Nơi cư trú/Address: ", style=_LABEL.but(size=6.2)),
        Span(text=person.home.text, style=_VALUE.but(size=6.2), field="residence"),
    ]
    y = canvas.paragraph(x, y, 57, spans, leading=3.6, align="left")
    day = slashed(passed + timedelta(days=14))
    canvas.write(
        62, y + 1, Span(text=f"{person.home.area.province_name}, ngày/date {day}", style=_LABEL), anchor="m"
    )
    canvas.write(62, y + 4, Span(text="GIÁM ĐỐC SỞ / DIRECTOR", style=_LABEL.but(bold=True)), anchor="m")
    canvas.stamp(signature(scene.rng), 55, y + 4, 13, "signature")
    canvas.write(
        5,
        39,
        Span(text="Hạng/Class: ", style=_LABEL.but(size=6.4)),
        Span(text=kind, style=head, field="licence_class"),
    )
    text = slashed(until) if until else "Không thời hạn"
    _said(canvas, 5, 51, "Có giá trị đến/Expires:", text, "expiry_date", until.isoformat() if until else text)


def _licence_back(canvas: Canvas, kind: str, passed: date) -> None:
    head = _LABEL.but(size=5.6, bold=True)
    canvas.write(
        30, 6, Span(text="CÁC LOẠI XE CƠ GIỚI ĐƯỜNG BỘ ĐƯỢC ĐIỀU KHIỂN", style=head.but(size=4.6)), anchor="m"
    )
    canvas.write(
        30, 9, Span(text="CLASSIFICATION OF MOTOR VEHICLES", style=head.but(size=4.4, bold=False)), anchor="m"
    )
    canvas.write(70, 6, Span(text="NGÀY TRÚNG TUYỂN", style=head.but(size=4.6)), anchor="m")
    canvas.write(70, 9, Span(text="BEGINNING DATE", style=head.but(size=4.4, bold=False)), anchor="m")
    for x in (4.0, 56.0, 82.0):
        canvas.rule(x, 2.5, x, 50, width=0.2)
    for y in (2.5, 11.0, 20.0, 29.0, 38.0, 50.0):
        canvas.rule(4, y, 82, y, width=0.2)
    words = {
        "A1": "Mô tô hai bánh có dung tích xi-lanh từ 50 đến dưới 175 cm³",
        "B1": "Ô tô chở người đến 9 chỗ, không hành nghề lái xe",
        "B2": "Ô tô chở người đến 9 chỗ, ô tô tải dưới 3.500 kg",
        "C": "Ô tô tải từ 3.500 kg trở lên",
    }[kind]
    spans = [Span(text=f"{kind}  ", style=_VALUE), Span(text=words, style=_LABEL)]
    canvas.paragraph(6, 15, 48, spans, leading=3.2, align="left")
    day = Span(
        text=slashed(passed), style=_VALUE.but(size=6), field="beginning_date", value=passed.isoformat()
    )
    canvas.write(69, 16.5, day, anchor="m")
