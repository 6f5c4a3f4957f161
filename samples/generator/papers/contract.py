"""The transfer contract for land: several pages, initials, the certification on the last page."""

from __future__ import annotations

from samples.generator.flow import Flow
from samples.generator.layout import Signer, republic_head, sign, title
from samples.generator.people import Person
from samples.generator.plots import Plot
from samples.generator.scene import Paper, Scene
from samples.generator.wording import grouped, number_words, slashed, spoken

_TYPE = "hop_dong_chuyen_quyen"
_ARTICLES = (
    (
        "ĐIỀU 3. VIỆC GIAO VÀ ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT",
        (
            "Bên A có nghĩa vụ giao thửa đất nêu tại Điều 1 cùng toàn bộ giấy tờ về quyền sử dụng "
            "đất cho bên B "
            "ngay sau khi bên B trả đủ số tiền nêu tại Điều 2.",
            "Bên B có nghĩa vụ thực hiện đăng ký quyền sử dụng đất tại cơ quan có thẩm quyền theo "
            "quy định của "
            "pháp luật.",
        ),
    ),
    (
        "ĐIỀU 4. TRÁCH NHIỆM NỘP THUẾ, LỆ PHÍ",
        (
            "Thuế thu nhập do bên A nộp; lệ phí trước bạ và các khoản phí, lệ phí khác do bên B nộp, "
            "trừ trường "
            "hợp hai bên có thỏa thuận khác bằng văn bản.",
        ),
    ),
    (
        "ĐIỀU 5. CAM ĐOAN CỦA CÁC BÊN",
        (
            "Bên A cam đoan thông tin về nhân thân và về thửa đất ghi trong hợp đồng này là đúng sự "
            "thật; tại thời "
            "điểm giao kết thửa đất không có tranh chấp, không bị kê biên để bảo đảm thi hành án.",
            "Bên B cam đoan đã xem xét kỹ, biết rõ về thửa đất và giấy tờ về quyền sử dụng đất; việc "
            "giao kết hợp "
            "đồng hoàn toàn tự nguyện, không bị lừa dối hoặc ép buộc.",
        ),
    ),
    (
        "ĐIỀU 6. PHƯƠNG THỨC GIẢI QUYẾT TRANH CHẤP",
        (
            "Trong quá trình thực hiện hợp đồng, nếu phát sinh tranh chấp, các bên cùng nhau thương "
            "lượng trên "
            "nguyên tắc tôn trọng quyền lợi của nhau; nếu không giải quyết được thì một trong hai "
            "bên có quyền "
            "yêu cầu tòa án có thẩm quyền giải quyết theo quy định của pháp luật.",
        ),
    ),
    (
        "ĐIỀU 7. ĐIỀU KHOẢN CUỐI CÙNG",
        (
            "Hai bên đã hiểu rõ quyền, nghĩa vụ và lợi ích hợp pháp của mình, ý nghĩa và hậu quả "
            "pháp lý của việc "
            "giao kết hợp đồng này; hợp đồng có hiệu lực kể từ thời điểm được chứng thực.",
        ),
    ),
)


def transfer(scene: Scene, plot: Plot, buyer: Person) -> Paper:
    """``HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT`` between the owners and the buyer."""
    flow = Flow(scene, scene.look(size=13), _TYPE, numbering="bottom", has_initials=True)
    signed = scene.before(20)
    flow.y = republic_head(flow.canvas, flow.look)
    flow.y = title(flow.canvas, flow.y + 2, "HỢP ĐỒNG", "CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT", size=15) + 4
    flow.labelled(
        "Hôm nay,",
        flow.value(spoken(signed), "issue_date", signed.isoformat()),
        flow.value(f", tại trụ sở {scene.committee}, {scene.area.province}, chúng tôi gồm có:"),
    )
    flow.text("Bên chuyển nhượng (sau đây gọi là bên A):", bold=True)
    for number, owner in enumerate(plot.owners):
        _party(flow, owner, "transferor_name" if number == 0 else "")
    flow.text("Bên nhận chuyển nhượng (sau đây gọi là bên B):", bold=True)
    _party(flow, buyer, "transferee_name")
    flow.text(
        "Hai bên thỏa thuận giao kết hợp đồng chuyển nhượng quyền sử dụng đất với các điều khoản sau đây:"
    )
    _subject(flow, plot)
    _price(flow, scene.rng.randint(60, 480) * 10_000_000)
    for heading, paragraphs in _ARTICLES:
        flow.need(22)
        flow.text(heading, bold=True, indent=0)
        for number, words in enumerate(paragraphs, start=1):
            flow.text(f"{number}. {words}")
    _signatures(scene, flow, plot.owners[0], buyer)
    _certification(scene, flow, plot.owners[0], buyer)
    return flow.paper()


def _party(flow: Flow, person: Person, field: str) -> None:
    flow.labelled(
        f"{person.title}:",
        flow.value(person.upper, field, person.name, bold=True),
        flow.value(f", sinh ngày {slashed(person.born)};"),
    )
    flow.labelled(
        "Căn cước công dân số:",
        flow.value(person.number, f"{field[:-5]}_personal_number" if field else ""),
        flow.value(f", cấp ngày {slashed(person.card_issued)};"),
    )
    flow.labelled("Nơi thường trú:", flow.value(f"{person.home.text}."))


def _subject(flow: Flow, plot: Plot) -> None:
    flow.text("ĐIỀU 1. THỬA ĐẤT CHUYỂN NHƯỢNG", bold=True, indent=0)
    flow.labelled(
        "Bên A chuyển nhượng cho bên B quyền sử dụng thửa đất theo Giấy chứng nhận số phát hành",
        flow.value(plot.serial, "serial_number", bold=True),
        flow.value(f", số vào sổ cấp GCN {plot.book}, cấp ngày {slashed(plot.issued)}, cụ thể như sau:"),
    )
    flow.labelled(
        "- Thửa đất số:",
        flow.value(plot.parcel, "parcel_number"),
        flow.value("; tờ bản đồ số: "),
        flow.value(plot.map_sheet, "map_sheet"),
    )
    flow.labelled("- Địa chỉ thửa đất:", flow.value(plot.place.text, "parcel_address"))
    flow.labelled(
        "- Diện tích:",
        flow.value(f"{plot.area} m²", "area", plot.area_value),
        flow.value(f" (bằng chữ: {plot.area_words})"),
    )
    flow.labelled("- Hình thức sử dụng:", flow.value("sử dụng riêng; thời hạn sử dụng: lâu dài."))
    flow.labelled("- Tài sản gắn liền với đất:", flow.value("không có."))


def _price(flow: Flow, price: int) -> None:
    flow.need(24)
    flow.text("ĐIỀU 2. GIÁ CHUYỂN NHƯỢNG VÀ PHƯƠNG THỨC THANH TOÁN", bold=True, indent=0)
    words = number_words(price)
    flow.labelled(
        "1. Giá chuyển nhượng là:",
        flow.value(grouped(price), "price", str(price), bold=True),
        flow.value(f" đồng (bằng chữ: {words[0].upper()}{words[1:]} đồng chẵn)."),
    )
    flow.text("2. Phương thức thanh toán: chuyển khoản một lần ngay sau khi hợp đồng này được chứng thực.")


def _signatures(scene: Scene, flow: Flow, seller: Person, buyer: Person) -> None:
    flow.need(52)
    y = flow.y + 6
    hint = ("(Ký, ghi rõ họ và tên)",)
    for centre, office, person in ((60.0, "BÊN A", seller), (150.0, "BÊN B", buyer)):
        end = sign(
            scene,
            flow.canvas,
            centre,
            y,
            Signer(over=(office,), hints=hint, name=person.name, field=""),
            room=26,
        )
        flow.y = end + 10


def _certification(scene: Scene, flow: Flow, seller: Person, buyer: Person) -> None:
    """``LỜI CHỨNG`` on a page of its own, the last."""
    flow.turn()
    number = scene.rng.randint(12, 480)
    flow.y = title(flow.canvas, flow.y + 2, "LỜI CHỨNG CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN", size=13.5) + 3
    signed = scene.before(20)
    flow.text(f"Hôm nay, {spoken(signed)}, tại {scene.committee}, {scene.area.province}.")
    flow.labelled("Tôi", flow.value(scene.chairman, bold=True), flow.value(", Chủ tịch Ủy ban nhân dân,"))
    flow.text("Chứng thực:", bold=True)
    flow.text(
        "Hợp đồng chuyển nhượng quyền sử dụng đất này được giao kết giữa bên A là "
        f"{seller.title.lower()} {seller.name} và "
        f"bên B là {buyer.title.lower()} {buyer.name}; các bên đã tự nguyện thỏa thuận giao kết hợp "
        "đồng và cam đoan chịu "
        "trách nhiệm trước pháp luật về nội dung của hợp đồng."
    )
    flow.text(
        "Tại thời điểm chứng thực, các bên minh mẫn, nhận thức và làm chủ được hành vi của mình, đã "
        "đọc lại hợp "
        "đồng, đồng ý toàn bộ nội dung và ký vào từng trang của hợp đồng trước mặt tôi."
    )
    flow.labelled(
        "Số chứng thực:",
        flow.value(str(number), "document_number"),
        flow.value(f", quyển số: 01/{signed.year}-SCT/HĐ,GD"),
    )
    signer = Signer(
        over=("CHỦ TỊCH",),
        name=scene.chairman,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, flow.canvas, 150, flow.y + 8, signer, room=30)
