"""Letters, decisions and authorisations."""

from __future__ import annotations

from datetime import date, timedelta

from samples.generator.canvas import Canvas
from samples.generator.flow import Flow
from samples.generator.layout import Signer, note, office_head, recipients, republic_head, sign, title
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene
from samples.generator.style import BLUE, Span, Style
from samples.generator.wording import slashed, spoken

_LETTERS = (
    (
        "V/v rà soát, chuẩn hóa dữ liệu hồ sơ đã số hóa",
        (
            "Thực hiện kế hoạch số hóa hồ sơ, kết quả giải quyết thủ tục hành chính năm 2026, "
            "{office} đề nghị các "
            "đơn vị rà soát toàn bộ hồ sơ đã số hóa trong quý, đối chiếu với bản giấy và cập nhật "
            "đầy đủ thông tin "
            "về thành phần hồ sơ.",
            "Đối với hồ sơ còn thiếu trang, ảnh mờ hoặc nghiêng, đề nghị số hóa lại và thay thế bản "
            "đã lưu; giữ "
            "nguyên mã hồ sơ đã cấp để bảo đảm việc tra cứu của tổ chức, cá nhân.",
            "Kết quả thực hiện gửi về Trung tâm Phục vụ hành chính công trước {deadline} để tổng "
            "hợp, báo cáo.",
        ),
    ),
    (
        "V/v phối hợp xác minh thông tin hồ sơ đăng ký",
        (
            "{office} tiếp nhận hồ sơ đề nghị giải quyết thủ tục hành chính của công dân trên địa "
            "bàn. Qua kiểm "
            "tra, một số thông tin về nơi cư trú trong hồ sơ chưa thống nhất với cơ sở dữ liệu.",
            "Để có cơ sở giải quyết đúng thời hạn, đề nghị quý cơ quan phối hợp xác minh và trả lời "
            "bằng văn bản "
            "trước {deadline}.",
            "Trong thời gian chờ kết quả xác minh, hồ sơ của công dân vẫn được tiếp nhận và giữ "
            "nguyên ngày hẹn.",
        ),
    ),
)
_DECISIONS = (
    (
        "Về việc thành lập Tổ số hóa hồ sơ của Trung tâm Phục vụ hành chính công",
        (
            "Thành lập Tổ số hóa hồ sơ gồm 07 thành viên (có danh sách kèm theo) do Giám đốc Trung "
            "tâm làm tổ trưởng.",
            "Tổ số hóa có nhiệm vụ tiếp nhận, quét, kiểm tra chất lượng và lưu trữ hồ sơ, kết quả "
            "giải quyết thủ tục "
            "hành chính; bảo đảm mỗi trang giấy đều được số hóa đầy đủ, rõ ràng.",
            "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Giám đốc Trung tâm và các cá "
            "nhân có tên trong "
            "danh sách chịu trách nhiệm thi hành Quyết định này./.",
        ),
    ),
    (
        "Về việc công nhận kết quả rà soát hồ sơ đến hạn lưu trữ",
        (
            "Công nhận kết quả rà soát 1.248 hồ sơ đến hạn lưu trữ, trong đó 1.190 hồ sơ đã số hóa "
            "đầy đủ và 58 hồ sơ "
            "cần bổ sung thành phần.",
            "Giao Trung tâm Phục vụ hành chính công hoàn thành việc bổ sung trong thời hạn 30 ngày "
            "và báo cáo kết quả "
            "thực hiện bằng văn bản.",
            "Quyết định này có hiệu lực kể từ ngày ký. Các đơn vị, cá nhân có liên quan chịu trách "
            "nhiệm thi hành "
            "Quyết định này./.",
        ),
    ),
)
_GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Căn cứ quy định về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông;",
    "Theo đề nghị của Giám đốc Trung tâm Phục vụ hành chính công.",
)


def _head(scene: Scene, flow: Flow, number: str, day: date, below: tuple[str, ...] = ()) -> float:
    style = flow.look.body
    agency = ("ỦY BAN NHÂN DÂN", scene.area.ward.upper())
    return office_head(
        flow.canvas,
        flow.look,
        agency,
        number=[Span(text="Số: ", style=style), Span(text=number, style=style, field="document_number")],
        below_number=below,
        place_and_date=[
            Span(text=f"{scene.city}, ", style=style.but(italic=True)),
            Span(text=spoken(day), style=style.but(italic=True), field="issue_date", value=day.isoformat()),
        ],
    )


def _chairman_signs(
    scene: Scene, flow: Flow, y: float, over: tuple[str, ...], name: str, *, has_seal: bool
) -> None:
    signer = Signer(
        over=over,
        name=name,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}" if has_seal else "",
        below=scene.area.province if has_seal else "",
        by_hand=has_seal,
    )
    sign(scene, flow.canvas, 152, y, signer, room=30)


def letter(scene: Scene, topic: int, *, day: date, is_received: bool = False) -> Paper:
    """A công văn: no title, the subject under the number; with an incoming stamp if received."""
    flow = Flow(scene, scene.look(size=13.3), "cong_van")
    subject, paragraphs = _LETTERS[topic % len(_LETTERS)]
    rows = _split(flow.canvas, subject)
    y = _head(scene, flow, f"{scene.rng.randint(20, 2900)}/UBND-VP", day, rows)
    _subject_field(flow, subject, rows)
    flow.y = y + 6
    to = (
        "Kính gửi:",
        f"- Công an {scene.area.ward[0].lower()}{scene.area.ward[1:]};",
        "- Các đơn vị trực thuộc Trung tâm Phục vụ hành chính công.",
    )
    for number, line in enumerate(to):
        flow.canvas.write(62 if number == 0 else 84, flow.y, Span(text=line, style=flow.look.body))
        flow.y += flow.look.leading
    flow.y += 3
    deadline = spoken(day + timedelta(days=21))
    for words in paragraphs:
        flow.text(words.format(office=scene.committee, deadline=deadline))
    flow.text(f"{scene.committee} đề nghị các cơ quan, đơn vị quan tâm, phối hợp thực hiện./.")
    flow.need(52)
    recipients(
        flow.canvas,
        flow.look.left,
        flow.y + 4,
        ("- Như trên;", "- Chủ tịch, các Phó Chủ tịch UBND;", "- Lưu: VT, TTPVHCC."),
    )
    _chairman_signs(
        scene,
        flow,
        flow.y + 4,
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        scene.deputy,
        has_seal=True,
    )
    if is_received:
        _incoming(scene, flow.canvas, day + timedelta(days=1), y + 1)
    return flow.paper()


def _split(canvas: Canvas, subject: str) -> tuple[str, ...]:
    """The subject in lines of at most 62 mm."""
    style = Style(size=11.5)
    rows = [""]
    for word in subject.split():
        longer = f"{rows[-1]} {word}".strip()
        if canvas.measure(longer, style) > 62:
            rows.append(word)
        else:
            rows[-1] = longer
    return tuple(rows)


def _subject_field(flow: Flow, subject: str, rows: tuple[str, ...]) -> None:
    areas = [line.area for line in flow.canvas.lines if line.text in rows]
    flow.canvas.note_field("subject", subject, subject.removeprefix("V/v "), areas)


def _incoming(scene: Scene, canvas: Canvas, day: date, y: float) -> None:
    """The rubber stamp of the receiving office at the left margin."""
    ink = (150, 30, 60)
    left, top = 12.0, y + 2
    style = Style(size=8.5, bold=True, family="sans", colour=ink)
    canvas.box((left, top, left + 41, top + 21), width=0.45, colour=ink)
    canvas.write(left + 20.5, top + 5, Span(text="CÔNG VĂN ĐẾN", style=style), anchor="m")
    number = Span(text=str(scene.rng.randint(100, 990)), style=style.but(colour=BLUE, italic=True, size=10))
    small = style.but(bold=False)
    canvas.write(left + 3, top + 11.5, Span(text="Số: ", style=small), number)
    when = Span(text=slashed(day), style=style.but(colour=BLUE, italic=True, size=10))
    canvas.write(left + 3, top + 17.5, Span(text="Ngày: ", style=small), when)
    canvas.note_mark("arrival_stamp", (left, top, left + 41, top + 21), "CÔNG VĂN ĐẾN")


def decision(scene: Scene, topic: int, *, day: date, has_seal: bool = True) -> Paper:
    """A quyết định with its grounds and three articles."""
    flow = Flow(scene, scene.look(size=13.3), "quyet_dinh")
    subject, articles = _DECISIONS[topic % len(_DECISIONS)]
    y = _head(scene, flow, f"{scene.rng.randint(15, 1900)}/QĐ-UBND", day)
    y = title(flow.canvas, y + 7, "QUYẾT ĐỊNH", size=14.5)
    subject_style = flow.look.body.but(bold=True)
    span = Span(text=subject, style=subject_style, field="subject", value=subject.removeprefix("Về việc "))
    y = flow.canvas.paragraph(40, y, 130, [span], leading=6.4, align="centre")
    flow.canvas.rule(90, y - 3, 120, y - 3, width=0.25)
    flow.y = title(flow.canvas, y + 6, f"CHỦ TỊCH ỦY BAN NHÂN DÂN {scene.area.ward.upper()}", size=13.2) + 3
    for words in _GROUNDS:
        flow.text(words, italic=True)
    flow.y = title(flow.canvas, flow.y + 4, "QUYẾT ĐỊNH:", size=13.5) + 2
    for number, words in enumerate(articles, start=1):
        flow.paragraph(
            Span(text=f"Điều {number}. ", style=subject_style), Span(text=words, style=flow.look.body)
        )
    flow.need(52)
    recipients(
        flow.canvas,
        flow.look.left,
        flow.y + 4,
        ("- Như Điều 3;", "- Thường trực Đảng ủy, HĐND;", "- Lưu: VT, VP."),
    )
    _chairman_signs(scene, flow, flow.y + 4, ("CHỦ TỊCH",), scene.chairman, has_seal=has_seal)
    return flow.paper()


def authorisation(scene: Scene, giver: Person, agent: Person, matter: str) -> Paper:
    """``GIẤY ỦY QUYỀN`` with a certification of the signature."""
    flow = Flow(scene, scene.look(size=13), "giay_uy_quyen")
    day = scene.before(6)
    flow.y = republic_head(flow.canvas, flow.look)
    flow.y = title(flow.canvas, flow.y + 2, "GIẤY ỦY QUYỀN", size=16)
    flow.y = note(flow.canvas, flow.y, f"(V/v {matter})") + 4
    flow.labelled(
        "Hôm nay,",
        flow.value(spoken(day), "issue_date", day.isoformat()),
        flow.value(f", tại {scene.committee}, chúng tôi gồm:"),
    )
    for heading, person, field in (
        ("I. BÊN ỦY QUYỀN", giver, "authoriser"),
        ("II. BÊN ĐƯỢC ỦY QUYỀN", agent, "authorised"),
    ):
        flow.text(heading, bold=True, indent=0)
        flow.labelled(
            "Họ và tên:", flow.value(person.upper, f"{field}_name", person.name, bold=True), indent=0
        )
        flow.labelled(
            "Ngày sinh:",
            flow.value(slashed(person.born), f"{field}_birth_date", person.born.isoformat()),
            flow.value(f"     Giới tính: {person.sex}"),
            indent=0,
        )
        flow.labelled(
            "Số định danh cá nhân:", flow.value(person.number, f"{field}_personal_number"), indent=0
        )
        flow.labelled("Nơi thường trú:", flow.value(person.home.text), indent=0)
    flow.text("III. NỘI DUNG ỦY QUYỀN", bold=True, indent=0)
    flow.text(
        f"Bên ủy quyền ủy quyền cho bên được ủy quyền thay mặt mình thực hiện việc: {matter}; được "
        "nộp hồ sơ, bổ "
        "sung giấy tờ, nhận kết quả và ký các giấy tờ có liên quan theo quy định."
    )
    flow.text(
        "Thời hạn ủy quyền: 03 tháng kể từ ngày ký giấy này. Bên được ủy quyền không được ủy quyền "
        "lại cho người "
        "khác."
    )
    _authorisation_signers(scene, flow, giver, agent)
    return flow.paper()


def _authorisation_signers(scene: Scene, flow: Flow, giver: Person, agent: Person) -> None:
    flow.need(44)
    hint = ("(Ký, ghi rõ họ tên)",)
    y = flow.y + 4
    for centre, office, person in ((58.0, "BÊN ĐƯỢC ỦY QUYỀN", agent), (152.0, "BÊN ỦY QUYỀN", giver)):
        end = sign(
            scene,
            flow.canvas,
            centre,
            y,
            Signer(over=(office,), hints=hint, name=person.name, field=""),
            room=23,
        )
        flow.y = end + 9
    flow.need(74)
    flow.y = title(flow.canvas, flow.y + 3, "CHỨNG THỰC CHỮ KÝ", size=13)
    flow.labelled(
        f"{scene.committee} chứng thực: {giver.title.lower()} {giver.name} đã ký vào giấy này trước "
        "mặt người thực "
        "hiện chứng thực. Số chứng thực:",
        flow.value(str(scene.rng.randint(10, 900)), "document_number"),
        flow.value(f", quyển số 01/{scene.today.year}-SCT/CK,ĐC."),
    )
    _chairman_signs(scene, flow, flow.y + 5, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), scene.deputy, has_seal=True)
