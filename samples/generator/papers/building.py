"""Building: the permit and the application for it.

Titles and labels: domain facts, section 4, row 32 (from memory, unverified), and the labels of
``classifiers/rules``; measures are invented.
"""

from __future__ import annotations

from samples.generator.flow import Flow
from samples.generator.layout import (
    Cell,
    form,
    pen,
    republic_head,
    title,
)
from samples.generator.papers.frame import (
    Rows,
    agency_head,
    applicant_signs,
    committee,
    committee_signs,
    name_cell,
    print_rows,
    single,
)
from samples.generator.people import Person
from samples.generator.plots import Plot
from samples.generator.scene import Paper, Scene
from samples.generator.style import Span


def building_permit(scene: Scene, plot: Plot) -> Paper:
    """``GIẤY PHÉP XÂY DỰNG Số: …/GPXD``: for a house on the parcel; the second side has the duties."""
    flow = Flow(scene, scene.look(size=12.8), "giay_phep_xay_dung")
    canvas, owner = flow.canvas, plot.owners[0]
    y = agency_head(
        scene, canvas, flow.look, committee(scene), f"{scene.rng.randint(4, 690)}/GPXD", scene.today
    )
    y = title(canvas, y + 6, "GIẤY PHÉP XÂY DỰNG", size=16)
    canvas.write(
        105, y, Span(text="(Sử dụng cho nhà ở riêng lẻ)", style=flow.look.body.but(italic=True)), anchor="m"
    )
    floors = scene.rng.randint(1, 5)
    built = scene.rng.randint(450, 1600)
    rows = form(canvas, flow.look, has_leaders=False)
    flow.y = print_rows(
        rows,
        y + 10,
        _permit_rows(plot, owner, floors, built),
    )
    flow.text(
        "4. Giấy phép này có hiệu lực khởi công xây dựng trong thời hạn 12 tháng kể từ ngày cấp; quá "
        "thời hạn trên thì phải đề nghị gia hạn giấy phép.",
        indent=0,
    )
    flow.need(56)
    committee_signs(scene, flow.canvas, flow.y + 6, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    flow.turn()
    flow.y = title(flow.canvas, flow.y + 4, "CHỦ ĐẦU TƯ PHẢI THỰC HIỆN CÁC NỘI DUNG SAU:", size=12.5) + 3
    for number, words in enumerate(
        (
            "Phải hoàn toàn chịu trách nhiệm trước pháp luật nếu xâm phạm các quyền hợp pháp của các chủ "
            "sở hữu liền kề.",
            "Phải thực hiện đúng các quy định của pháp luật về đất đai, về đầu tư xây dựng và giấy phép này.",
            "Phải thông báo bằng văn bản về ngày khởi công cho cơ quan cấp phép xây dựng trước khi khởi "
            "công.",
            "Trường hợp điều chỉnh thiết kế thì phải đề nghị điều chỉnh giấy phép và chờ quyết định của "
            "cơ quan cấp phép.",
        ),
        start=1,
    ):
        flow.text(f"{number}. {words}")
    return flow.paper()


def permit_request(scene: Scene, plot: Plot) -> Paper:
    """``ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG``."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    owner = plot.owners[0]
    y = republic_head(canvas, look)
    y = title(canvas, y + 1, "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG", size=14.5)
    canvas.write(
        105,
        y,
        Span(text="(Sử dụng cho công trình: nhà ở riêng lẻ)", style=look.body.but(italic=True)),
        anchor="m",
    )
    canvas.write(105, y + 7, Span(text=f"Kính gửi: {scene.committee}", style=look.body), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    y = print_rows(
        rows,
        y + 17,
        (
            "1. Thông tin về chủ đầu tư:",
            name_cell("- Tên chủ đầu tư:", owner),
            Cell(label="- Địa chỉ liên hệ:", text=owner.home.text, field="residence"),
            (
                Cell(label="- Số điện thoại:", text=owner.phone, field="phone"),
                Cell(label="Số định danh:", text=owner.number, field="personal_number"),
            ),
            "2. Thông tin công trình:",
            Cell(label="- Địa điểm xây dựng:", text=plot.place.text, field="parcel_address"),
            (
                Cell(label="- Lô đất số:", text=plot.parcel, field="parcel_number"),
                Cell(label="Diện tích:", text=f"{plot.area} m²", field="area", value=plot.area_value),
            ),
            Cell(label="3. Tổ chức lập thiết kế:", text=""),
            Cell(
                label="4. Dự kiến thời gian hoàn thành công trình:", text=f"{scene.rng.randint(4, 14)} tháng"
            ),
            Cell(label="5. Cam kết:", text="Tôi xin cam đoan làm theo đúng giấy phép được cấp."),
        ),
    )
    applicant_signs(scene, canvas, y + 3, "CHỦ ĐẦU TƯ", owner)
    return single(canvas, "don_cap_phep_xay_dung")


def _permit_rows(plot: Plot, owner: Person, floors: int, built: int) -> Rows:
    return (
        name_cell("1. Cấp cho:", owner, bold=True),
        Cell(label="Chủ đầu tư, số định danh cá nhân:", text=owner.number, field="personal_number"),
        Cell(label="Địa chỉ:", text=owner.home.text, field="residence"),
        "2. Được phép xây dựng công trình: Nhà ở riêng lẻ",
        (
            Cell(label="Trên thửa đất số:", text=plot.parcel, field="parcel_number"),
            Cell(label="Tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
        ),
        Cell(label="Tại:", text=plot.place.text, field="parcel_address"),
        Cell(
            label="Diện tích xây dựng:",
            text=f"{built // 10},{built % 10} m²",
            field="building_area",
            value=f"{built // 10}.{built % 10}",
        ),
        Cell(
            label="Tổng diện tích sàn:",
            text=f"{built * floors // 10},{built * floors % 10} m²",
            field="floor_area",
            value=f"{built * floors // 10}.{built * floors % 10}",
        ),
        (
            Cell(label="Số tầng:", text=str(floors), field="floors"),
            Cell(label="Chiều cao công trình:", text=f"{floors * 3},6 m"),
        ),
        Cell(label="Cốt nền xây dựng:", text="+0,45 m so với mặt đường hiện trạng"),
        Cell(label="3. Giấy tờ về đất đai, số:", text=plot.serial, field="serial_number"),
    )
