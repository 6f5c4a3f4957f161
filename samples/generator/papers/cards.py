"""Identity cards: the chip card of 2021 (căn cước công dân) and the card of July 2024 (căn cước)."""

from __future__ import annotations

import random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from samples.generator.canvas import Canvas
from samples.generator.ink import signature
from samples.generator.mrz import zone
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.security_print import emblem, fingerprint, portrait, waves
from samples.generator.style import GOLD, INK, RED, Span, Style
from samples.generator.wording import compact, slashed

CARD_WIDTH, CARD_HEIGHT = 85.6, 54.0
_DPI: Final = 600
_LABEL: Final = Style(size=5.3, family="sans", colour=(40, 52, 60))
_VALUE: Final = Style(size=6.6, family="sans", bold=True)
_SIGNS: Final = (
    "Nốt ruồi C: 2cm trên sau đầu lông mày phải",
    "Sẹo chấm C: 1,5cm dưới sau mép trái",
    "Nốt ruồi C: 1cm trước đầu mày trái",
    "Sẹo dài 0,8cm cách 1cm dưới đuôi mắt phải",
)


def cccd(scene: Scene, person: Person, *, has_worn_code: bool = False) -> Paper:
    """Both sides of a chip card; with ``has_worn_code`` the QR is rubbed off and cannot be read."""
    front = _cccd_front(scene, person)
    if has_worn_code:
        _rub(front, 69.0, 4.0, 14.0, scene.rng)
        front.codes.clear()
    sheets = [
        Sheet(canvas=front, type_id="cccd_front"),
        Sheet(canvas=_cccd_back(scene, person), type_id="cccd_back"),
    ]
    return Paper(type_id="cccd_front", sheets=sheets)


def can_cuoc(scene: Scene, person: Person, parents: tuple[str, str] = ("", "")) -> Paper:
    """Both sides of the card issued since July 2024; QR on the back."""
    front, back = _can_cuoc_front(scene, person), _can_cuoc_back(scene, person, parents)
    sheets = [Sheet(canvas=front, type_id="can_cuoc_front"), Sheet(canvas=back, type_id="can_cuoc_back")]
    return Paper(type_id="can_cuoc_front", sheets=sheets)


def code_payload(person: Person, extra: tuple[str, ...] = ()) -> str:
    """Seven fields joined by ``|``; the 2024 card has more behind them."""
    seven = (
        person.number,
        person.old_number,
        person.name,
        compact(person.born),
        person.sex,
        person.home.text,
        compact(person.card_issued),
    )
    return "|".join((*seven, *extra))


def _ground(scene: Scene, *, is_new: bool) -> Canvas:
    canvas = Canvas(CARD_WIDTH, CARD_HEIGHT, scene.fonts, dpi=_DPI)
    ground = ((226, 240, 226), (248, 226, 214)) if not is_new else ((224, 240, 238), (246, 236, 214))
    inks = (
        ((168, 206, 178), (236, 186, 168), (196, 214, 160))
        if not is_new
        else (
            (160, 206, 204),
            (232, 200, 160),
            (176, 206, 180),
        )
    )
    half = (canvas.image.width // 2, canvas.image.height // 2)
    pattern = waves(half, ground, inks, scene.rng, pitch=11)
    canvas.picture(pattern, 0, 0, CARD_WIDTH)
    return canvas


def _head(canvas: Canvas, title: str, english: str, *, centre: float) -> None:
    canvas.picture(emblem(260, GOLD, (206, 40, 44)), 4.2, 3.4, 12.2)
    small = Style(size=5.1, family="sans", bold=True)
    lines = (
        (5.4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", small),
        (8.0, "Độc lập - Tự do - Hạnh phúc", small),
        (10.5, "SOCIALIST REPUBLIC OF VIET NAM", small.but(bold=False, size=4.4)),
        (12.8, "Independence - Freedom - Happiness", small.but(bold=False, size=4.4)),
        (17.2, title, Style(size=10.4, family="sans", bold=True, colour=RED)),
        (20.0, english, small.but(bold=False, italic=True, size=5.4, colour=RED)),
    )
    for y, text, style in lines:
        canvas.write(centre, y, Span(text=text, style=style), anchor="m")


def _cccd_front(scene: Scene, person: Person) -> Canvas:
    canvas = _ground(scene, is_new=False)
    _head(canvas, "CĂN CƯỚC CÔNG DÂN", "Citizen Identity Card", centre=43.5)
    canvas.picture(portrait((240, 320), scene.rng), 4.2, 21.2, 18.2)
    canvas.qr(code_payload(person), 69.0, 4.0, 14.0)
    x = 26.0
    number = Style(size=9.2, family="sans", bold=True)
    canvas.write(
        x,
        25.4,
        Span(text="Số / No.: ", style=_LABEL.but(size=7)),
        Span(text=person.number, style=number, field="personal_number"),
    )
    canvas.write(x, 28.6, Span(text="Họ và tên / Full name:", style=_LABEL))
    canvas.write(
        x, 31.8, Span(text=person.upper, style=_VALUE.but(size=7.6), field="person_name", value=person.name)
    )
    born = Span(text=slashed(person.born), style=_VALUE, field="birth_date", value=person.born.isoformat())
    canvas.write(x, 34.9, Span(text="Ngày sinh / Date of birth: ", style=_LABEL), born)
    canvas.write(
        x,
        38.0,
        Span(text="Giới tính / Sex: ", style=_LABEL),
        Span(text=person.sex, style=_VALUE, field="sex"),
        Span(text="   Quốc tịch / Nationality: ", style=_LABEL),
        Span(text="Việt Nam", style=_VALUE, field="nationality"),
    )
    canvas.write(x, 41.0, Span(text="Quê quán / Place of origin:", style=_LABEL))
    origin = canvas.fit(person.origin, _VALUE.but(size=6.2), 57)
    canvas.write(x, 43.8, Span(text=person.origin, style=origin, field="place_of_origin"))
    spans = [
        Span(text="Nơi thường trú / Place of residence: ", style=_LABEL),
        Span(text=person.home.text, style=_VALUE.but(size=6.0), field="residence"),
    ]
    canvas.paragraph(x, 46.9, 57.5, spans, leading=2.9, align="left")
    _expiry_under_portrait(canvas, person)
    return canvas


def _expiry_under_portrait(canvas: Canvas, person: Person) -> None:
    expires = person.card_expires
    text = slashed(expires) if expires else "Không thời hạn"
    canvas.write(4.2, 47.9, Span(text="Có giá trị đến:", style=_LABEL.but(size=4.5)))
    canvas.write(4.2, 50.2, Span(text="Date of expiry", style=_LABEL.but(size=4.2)))
    value = expires.isoformat() if expires else "Không thời hạn"
    style = _LABEL.but(size=4.6, bold=True, colour=INK)
    canvas.write(4.2, 52.6, Span(text=text, style=style, field="expiry_date", value=value))


def _cccd_back(scene: Scene, person: Person) -> Canvas:
    canvas = _ground(scene, is_new=False)
    _chip(canvas, 5.0, 14.2)
    spans = [
        Span(text="Đặc điểm nhận dạng / Personal identification: ", style=_LABEL),
        Span(text=scene.rng.choice(_SIGNS), style=_VALUE.but(size=5.6)),
    ]
    canvas.paragraph(5.0, 5.4, 52, spans, leading=3.0, align="left")
    issued = Span(
        text=slashed(person.card_issued),
        style=_VALUE.but(size=5.6),
        field="issue_date",
        value=person.card_issued.isoformat(),
    )
    canvas.write(
        20.5,
        13.8,
        Span(text="Ngày, tháng, năm / ", style=_LABEL.but(size=4.7)),
        Span(text="Date, month, year: ", style=_LABEL.but(size=4.7)),
        issued,
    )
    tiny = Style(size=4.4, family="sans", bold=True)
    texts = ("CỤC TRƯỞNG CỤC CẢNH SÁT", "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI")
    for number, text in enumerate(texts):
        canvas.write(39.0, 17.0 + 2.2 * number, Span(text=text, style=tiny), anchor="m")
    english = ("DIRECTOR GENERAL OF THE POLICE DEPARTMENT", "FOR ADMINISTRATIVE MANAGEMENT OF SOCIAL ORDER")
    for number, text in enumerate(english):
        style = tiny.but(bold=False, size=3.1)
        canvas.write(39.0, 21.2 + 1.7 * number, Span(text=text, style=style), anchor="m")
    _card_signature(scene, canvas, 39.0, 31.9)
    for number, (text, english_text) in enumerate(
        (("Ngón trỏ trái", "Left index finger"), ("Ngón trỏ phải", "Right index finger"))
    ):
        top = 2.6 + number * 16.2
        canvas.picture(fingerprint((150, 150), scene.rng), 63.4, top + 2.6, 12.4)
        label = _LABEL.but(size=4.0)
        canvas.write(69.6, top + 1.6, Span(text=f"{text} / {english_text}", style=label), anchor="m")
    _zone(canvas, person)
    return canvas


def _card_signature(scene: Scene, canvas: Canvas, centre: float, y: float) -> None:
    from_seed = random.Random(f"{scene.split}/card-signer")
    signer = (
        f"{from_seed.choice(('Trần', 'Lê', 'Phạm'))} {from_seed.choice(('Văn Mẫu', 'Quang Thử', 'Minh Họa'))}"
    )
    style = Style(size=5.0, family="sans", bold=True)
    canvas.write(centre, y, Span(text=signer, style=style, field="signer_name"), anchor="m")
    canvas.stamp(signature(from_seed), centre - 8, y - 9.2, 16, "signature")


def _can_cuoc_front(scene: Scene, person: Person) -> Canvas:
    canvas = _ground(scene, is_new=True)
    _head(canvas, "CĂN CƯỚC", "IDENTITY CARD", centre=48.0)
    canvas.picture(portrait((240, 320), scene.rng), 4.4, 22.0, 20.0)
    x = 28.0
    label = _LABEL.but(size=5.0)
    canvas.write(x, 25.0, Span(text="Số định danh cá nhân / Personal identification number:", style=label))
    number = Style(size=9.4, family="sans", bold=True)
    canvas.write(x, 29.2, Span(text=person.number, style=number, field="personal_number"))
    canvas.write(x, 33.0, Span(text="Họ, chữ đệm và tên khai sinh / Full name:", style=label))
    name = Span(text=person.upper, style=_VALUE.but(size=7.8), field="person_name", value=person.name)
    canvas.write(x, 36.7, name)
    canvas.write(x, 40.5, Span(text="Ngày, tháng, năm sinh / Date of birth:", style=label))
    born = Span(text=slashed(person.born), style=_VALUE, field="birth_date", value=person.born.isoformat())
    canvas.write(x, 43.9, born)
    canvas.write(
        x, 47.5, Span(text="Giới tính / Sex: ", style=label), Span(text=person.sex, style=_VALUE, field="sex")
    )
    canvas.write(
        x + 24,
        47.5,
        Span(text="Quốc tịch / Nationality: ", style=label),
        Span(text="Việt Nam", style=_VALUE, field="nationality"),
    )
    return canvas


def _can_cuoc_back(scene: Scene, person: Person, parents: tuple[str, str]) -> Canvas:
    canvas = _ground(scene, is_new=True)
    _chip(canvas, 5.0, 19.2)
    label = _LABEL.but(size=4.9)
    value = _VALUE.but(size=5.6)
    spans = [
        Span(text="Nơi cư trú / Place of residence: ", style=label),
        Span(text=person.home.text, style=value, field="residence"),
    ]
    y = canvas.paragraph(5.0, 5.6, 58, spans, leading=2.9, align="left")
    spans = [
        Span(text="Nơi đăng ký khai sinh / Place of birth registration: ", style=label),
        Span(text=person.origin, style=value, field="place_of_birth_registration"),
    ]
    canvas.paragraph(5.0, max(y + 0.6, 12.4), 58, spans, leading=2.9, align="left")
    x = 21.0
    issued = Span(
        text=slashed(person.card_issued),
        style=value,
        field="issue_date",
        value=person.card_issued.isoformat(),
    )
    canvas.write(x, 21.2, Span(text="Ngày, tháng, năm cấp / Date of issue: ", style=label), issued)
    expires = person.card_expires
    until = Span(
        text=slashed(expires) if expires else "Không thời hạn",
        style=value,
        field="expiry_date",
        value=expires.isoformat() if expires else "Không thời hạn",
    )
    canvas.write(x, 24.8, Span(text="Ngày, tháng, năm hết hạn / Date of expiry: ", style=label), until)
    ministry = Span(
        text="BỘ CÔNG AN", style=Style(size=6.2, family="sans", bold=True), field="issuer", value="Bộ Công an"
    )
    canvas.write(42.0, 29.4, ministry, anchor="m")
    english = Span(text="MINISTRY OF PUBLIC SECURITY", style=Style(size=4.4, family="sans"))
    canvas.write(42.0, 31.8, english, anchor="m")
    canvas.qr(code_payload(person, (*parents, "", "")), 66.4, 4.0, 15.4, error="l")
    _zone(canvas, person)
    return canvas


def _zone(canvas: Canvas, person: Person) -> None:
    canvas.fill((0, 35.6, CARD_WIDTH, CARD_HEIGHT), (250, 248, 240))
    style = Style(size=9.7, family="mono", bold=True)
    lines = zone(person, person.card_expires)
    style = canvas.fit(lines[0], style, 77.0)
    for number, line in enumerate(lines):
        canvas.write(4.3, 40.6 + 4.9 * number, Span(text=line, style=style))
    canvas.codes.append(("mrz", "\n".join(lines)))


def _chip(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill((x, y, x + 12.0, y + 10.0), (222, 190, 110))
    for step in (3.3, 6.6):
        canvas.rule(x, y + step, x + 12.0, y + step, width=0.18, colour=(150, 118, 56))
    for step in (4.0, 8.0):
        canvas.rule(x + step, y, x + step, y + 10.0, width=0.18, colour=(150, 118, 56))
    canvas.box((x, y, x + 12.0, y + 10.0), width=0.2, colour=(150, 118, 56))


def _rub(canvas: Canvas, x: float, y: float, side: float, rng: random.Random) -> None:
    """Rubs the print off parts of a square, two finder patterns included."""
    scale = canvas.scale
    left, top, right, bottom = (
        round(each * scale) for each in (x - 0.4, y - 0.4, x + side + 0.4, y + side + 0.4)
    )
    box = (left, top, right, bottom)
    part = canvas.image.crop(box).filter(ImageFilter.GaussianBlur(0.25 * scale))
    worn = (238, 234, 226)
    pale = Image.blend(part, Image.new("RGB", part.size, worn), 0.4)
    rubbed = Image.new("L", part.size, 0)
    draw = ImageDraw.Draw(rubbed)
    for _ in range(12):
        reach = rng.uniform(0.5, 1.7) * scale
        x0, y0 = rng.uniform(0, part.width), rng.uniform(0, part.height)
        draw.line((x0, y0, x0 + reach * 3, y0 + reach * rng.uniform(-1, 1)), fill=230, width=round(reach))
    rubbed = rubbed.filter(ImageFilter.GaussianBlur(0.3 * scale))
    pale.paste(worn, (0, 0, *part.size), rubbed)
    canvas.image.paste(pale, (box[0], box[1]))
