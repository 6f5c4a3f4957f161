"""What every record store promises about search, Vietnamese letters above all."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.document import DocumentState
from dossiers.errors import InputError
from dossiers.page import PageState
from dossiers.ports import RecordStore
from dossiers.search import Hit, Query

if TYPE_CHECKING:
    from conftest import Samples

BIRTH = """CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
GIẤY KHAI SINH
Họ và tên: Nguyễn Thị Hoà
Số: 17/QĐ-UBND ngày 01/7/2025
Nơi sinh: Đường Đinh Tiên Hoàng, phường Cửa Nam"""
LAND = "ĐƠN ĐĂNG KÝ ĐẤT ĐAI\nBà Trần Đức Thuý\nthửa đất số 45"


@pytest.fixture
def filed(records: RecordStore, samples: Samples) -> RecordStore:
    """Dossier d1: a birth certificate (page 1), an application (pages 2, 3); d2: newer and not filed."""
    with records.transaction() as work:
        samples.receive(work, "d1")
        samples.receive(
            work,
            "d2",
            pages=2,
            opened_at=samples.later(86400),
            citizen_number=None,
            procedure_code="2.000635",
        )
        work.search.index_page(samples.page(1), BIRTH)
        work.search.index_page(samples.page(2), LAND)
        work.search.index_page(samples.page(3), "trang ba\nthửa đất số 46 giấy khai")
        work.search.index_page(samples.page(2, "d2"), "GIẤY KHAI TỬ\nPhạm Văn Đồng")
        child = (samples.field("person_name", "Nguyễn Thị Hoà"), samples.field("birth_date", "2025-06-01"))
        owner = (samples.field("owner_name", "Trần Đức Thuý"), samples.field("owner_number", "003185000001"))
        work.documents.replace_proposed(
            "d1",
            [
                samples.document(1, fields=child),
                samples.document(2, 3, type_id="land_application", fields=owner),
            ],
        )
    return records


def find(records: RecordStore, **conditions: object) -> Sequence[Hit]:
    with records.transaction() as work:
        return work.search.find(Query(**conditions))  # type: ignore[arg-type]


def pages(hits: Sequence[Hit]) -> list[tuple[str, int | None]]:
    return [(hit.dossier_id, hit.page_number) for hit in hits]


@pytest.mark.parametrize(
    "words",
    [
        "nguyen thi hoa",
        "Nguyễn Thị Hoà",
        "NGUYỄN THỊ HÒA",
        unicodedata.normalize("NFD", "Nguyễn Thị Hòa"),
        "hoà",
        "HÒA sinh",
        "duong dinh tien hoang",
        "đường đinh tiên hoàng",
        "ĐUONG đinh",
        "cua nam",
        "17/QĐ-UBND",
        "17/qd-ubnd",
        "qd",
        "sinh khai giay",
        "01/7/2025",
        "  sinh,  giấy!  ",
    ],
)
def test_words_find_their_page_with_and_without_marks(filed: RecordStore, words: str) -> None:
    assert pages(find(filed, words=words)) == [("d1", 1)]


@pytest.mark.parametrize("words", ["17-UBND", "QĐ/17", "nguyen thi hoan", "khai sin", "hoa duc", "hoa 46"])
def test_words_that_are_not_all_on_one_page_find_nothing(filed: RecordStore, words: str) -> None:
    assert not find(filed, words=words)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("Hòa", True),
        ("Hoà", True),
        ("hoà", True),
        (unicodedata.normalize("NFD", "HOÀ"), True),
        ("Hoa", False),
        ("Hoá", False),
        ("Nguyễn thị", True),
        ("Nguyên", False),
        ("đường", True),
        ("duong", False),
    ],
)
def test_exact_tones_tell_names_apart(filed: RecordStore, words: str, is_found: bool) -> None:
    assert pages(find(filed, words=words, exact_tones=True)) == ([("d1", 1)] if is_found else [])


def test_decomposed_text_is_found_and_shown_composed(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.search.index_page(samples.page(1), unicodedata.normalize("NFD", BIRTH))
    for exact in (False, True):
        (hit,) = find(records, words="Nguyễn Hòa", exact_tones=exact)
        assert hit.snippet == "Họ và tên: Nguyễn Thị Hoà"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sinh AND", []),
        ("sinh OR tử", []),
        ("NOT sinh", []),
        ("sinh*", [("d1", 1)]),
        ("sin*", []),
        ("folded:sinh", []),
        ("{folded toned}: sinh", []),
        ('"giấy khai', [("d2", 2), ("d1", 1), ("d1", 3)]),
        ("sinh) OR (1", []),
        ("^giấy", [("d2", 2), ("d1", 1), ("d1", 3)]),
        ("NEAR(giấy sinh, 5)", []),
        ("giấy + sinh", [("d1", 1)]),
        ("'; DROP TABLE pages; --", []),
        ("giấ%", []),
        ("gi_y", []),
        ("sinh\x00", [("d1", 1)]),
        ("💥 sinh", [("d1", 1)]),
        ("x" * 2000, []),
        ("từ " * 600, [("d2", 2)]),
    ],
)
def test_what_is_typed_is_words_and_never_a_language(
    filed: RecordStore, words: str, expected: list[tuple[str, int]]
) -> None:
    assert pages(find(filed, words=words)) == expected


@pytest.mark.parametrize("person", ["*", "Hoà*", "%", "H%", "Thu_", "a' OR 1=1", 'Hoà" OR "Thuý', "Hoà AND"])
def test_what_is_typed_for_a_name_is_words_and_never_a_pattern(filed: RecordStore, person: str) -> None:
    if person == "Hoà*":
        assert pages(find(filed, person=person)) == [("d1", 1)]
    elif person in "*%":
        with pytest.raises(InputError):
            find(filed, person=person)
    else:
        assert not find(filed, person=person)


def test_operators_are_searched_for_as_words(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.search.index_page(samples.page(1), "alpha and beta")
        work.search.index_page(samples.page(2), "alpha beta")
    assert pages(find(records, words="alpha AND beta")) == [("d1", 1)]
    assert not find(records, words="alpha OR gamma")


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(words="", person=""),
        Query(words=" ... "),
        Query(words="\x00\\%_"),
        Query(words="x" * 2001),
        Query(person="x " * 1001),
        Query(person="-", dossier_code="H29.119-250701-d1"),
        Query(words="sinh", limit=0),
        Query(words="sinh", limit=1001),
    ],
)
def test_a_query_that_asks_nothing_is_refused(filed: RecordStore, query: Query) -> None:
    with filed.transaction() as work, pytest.raises(InputError) as refusal:
        work.search.find(query)
    assert refusal.value.code == "BAD_QUERY"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("hoa nguyen", "Họ và tên: Nguyễn Thị Hoà"),
        ("giay khai", "GIẤY KHAI SINH"),
        ("17/QD-UBND", "Số: 17/QĐ-UBND ngày 01/7/2025"),
        ("hoa", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("phuong sinh", "Nơi sinh: Đường Đinh Tiên Hoàng, phường Cửa Nam"),
    ],
)
def test_the_snippet_is_the_line_as_it_stands_on_the_page(filed: RecordStore, words: str, line: str) -> None:
    assert [hit.snippet for hit in find(filed, words=words, type_id="birth_certificate")] == [line]


def test_words_that_a_line_break_cuts_in_two_show_the_line_where_they_begin(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.search.index_page(samples.page(1), "Căn cứ\nQuyết định 17/QĐ-\nUBND ngày 01/7/2025")
    assert [hit.snippet for hit in find(records, words="17/QĐ-UBND")] == ["Quyết định 17/QĐ-"]


def test_without_words_there_is_no_snippet(filed: RecordStore) -> None:
    assert {hit.snippet for hit in find(filed, person="Hoà")} == {""}


def test_a_hit_names_dossier_document_type_and_page(filed: RecordStore, samples: Samples) -> None:
    (hit,) = find(filed, words="thửa 46")
    assert hit == Hit(
        dossier_id="d1",
        dossier_code=samples.dossier().code,
        document_id=samples.document(2, 3, type_id="land_application").document_id,
        type_id="land_application",
        page_number=3,
        snippet="thửa đất số 46 giấy khai",
    )


@pytest.mark.parametrize(
    "person",
    ["nguyen thi hoa", "NGUYỄN HÒA", "Hoà", "nguyen hoa", unicodedata.normalize("NFD", "Thị Hoà")],
)
def test_a_person_is_found_by_the_words_of_the_name_in_order(filed: RecordStore, person: str) -> None:
    assert [hit.type_id for hit in find(filed, person=person, type_id="birth_certificate")] == [
        "birth_certificate"
    ]


@pytest.mark.parametrize("person", ["hoa nguyen", "Nguyễn Hoàn", "Nguyễn Nguyễn Hoà", "Thị Nguyễn"])
def test_a_person_is_not_found_by_words_out_of_order(filed: RecordStore, person: str) -> None:
    assert not find(filed, person=person)


@pytest.mark.parametrize(
    ("person", "is_found"), [("Trần Đức Thúy", True), ("Trần Thuý", True), ("Tran Thuy", False)]
)
def test_a_person_with_exact_tones(filed: RecordStore, person: str, is_found: bool) -> None:
    assert bool(find(filed, person=person, exact_tones=True)) is is_found


def test_only_fields_of_persons_hold_names(filed: RecordStore) -> None:
    assert not find(filed, person="003185000001", type_id="birth_certificate")
    assert not find(filed, person="2025-06-01")


def test_a_person_on_a_page_is_found_as_a_phrase_only(filed: RecordStore) -> None:
    assert pages(find(filed, person="pham van dong")) == [("d2", 2)]
    assert not find(filed, person="pham dong")


def test_a_person_is_found_on_the_page_where_the_name_stands(filed: RecordStore) -> None:
    assert pages(find(filed, person="Trần Đức Thuý")) == [("d1", 2)]
    assert pages(find(filed, person="Trần Thuý")) == [("d1", None)]


def test_text_is_indexed_in_place_of_what_was_there(filed: RecordStore, samples: Samples) -> None:
    with filed.transaction() as work:
        work.search.index_page(samples.page(1), "Bản sao trích lục")
    assert not find(filed, words="dinh tien hoang")
    assert pages(find(filed, words="trich luc")) == [("d1", 1)]


def test_filing_again_replaces_the_names_that_are_found(filed: RecordStore, samples: Samples) -> None:
    other = samples.document(1, 2, 3, fields=(samples.field("mother_name", "Lê Thị Đào"),))
    with filed.transaction() as work:
        work.documents.replace_proposed("d1", [other])
    assert not find(filed, person="Nguyễn Hoà")
    assert not find(filed, citizen_number="003185000001")
    assert [hit.document_id for hit in find(filed, person="le dao")] == [other.document_id]


@pytest.mark.parametrize("words", ["003195500150", "ca nhan 003195500150", "c1234567 IDVNM1003195500150"])
def test_a_page_is_found_by_a_number_among_its_words(
    filed: RecordStore, samples: Samples, words: str
) -> None:
    with filed.transaction() as work:
        text = "Số định danh cá nhân: 003195500150, hộ chiếu C1234567\nIDVNM1003195500150<<4"
        work.search.index_page(samples.page(3), text)
    assert pages(find(filed, words=words)) == [("d1", 3)]
    assert pages(find(filed, person="cá nhân 003195500150")) == [("d1", 3)]
    assert not find(filed, words="003195500151")


def test_withdrawn_documents_are_not_found(filed: RecordStore, samples: Samples) -> None:
    child = (samples.field("person_name", "Lê Thị Đào"), samples.field("personal_number", "003190000009"))
    withdrawn = samples.document(1, state=DocumentState.WITHDRAWN, fields=child)
    with filed.transaction() as work:
        work.documents.replace_proposed("d1", [withdrawn, samples.document(2, 3)])
    assert not find(filed, person="le dao")
    assert not find(filed, citizen_number="003190000009")
    (hit,) = find(filed, words="khai sinh")  # its page is still there and in no document
    assert (hit.document_id, hit.page_number) == (None, 1)


@pytest.mark.parametrize(
    ("conditions", "dossier_ids"),
    [
        ({"procedure_codes": ("1.001193",)}, {"d1"}),
        ({"procedure_codes": ("9.999999", "2.000635", "1.001193")}, {"d1", "d2"}),
        ({"procedure_codes": ("9.999999",)}, set()),
        ({"agency_codes": ("H29.119",)}, {"d1", "d2"}),
        ({"agency_codes": ("H26.001", "H29.119")}, {"d1", "d2"}),
        ({"agency_codes": ("H29",)}, set()),
        ({"agency_codes": ("H29_119", "%")}, set()),
        ({"agency_codes": ("H29.119",), "type_id": "birth_certificate"}, {"d1"}),
        ({"dossier_code": "H29.119-250701-d2"}, {"d2"}),
        ({"dossier_code": "H29.119-250701"}, set()),
        ({"citizen_number": "003090123456"}, {"d1"}),
        ({"citizen_number": "003185000001"}, {"d1"}),
        ({"citizen_number": "0030901234"}, set()),
        ({"type_id": "birth_certificate"}, {"d1"}),
        ({"type_id": "marriage_certificate"}, set()),
        ({"received_from": date(2025, 7, 1)}, {"d1", "d2"}),
        ({"received_from": date(2025, 7, 2)}, {"d2"}),
        ({"received_to": date(2025, 7, 1)}, {"d1"}),
        ({"received_from": date(2025, 7, 3)}, set()),
        ({"words": "giay khai"}, {"d1", "d2"}),
        ({"words": "giay khai", "received_to": date(2025, 7, 1), "type_id": "land_application"}, {"d1"}),
        ({"words": "dong", "citizen_number": "003090123456"}, set()),
        ({"words": "khai sinh", "person": "Trần Thuý"}, set()),
        ({"words": "thửa", "person": "Trần Thuý", "procedure_codes": ("1.001193",)}, {"d1"}),
        ({"person": "Hoà", "type_id": "land_application"}, set()),
    ],
)
def test_item_08_every_condition_finds_and_all_must_hold(
    filed: RecordStore, conditions: dict[str, object], dossier_ids: set[str]
) -> None:
    assert {hit.dossier_id for hit in find(filed, **conditions)} == dossier_ids


def test_item_26_an_old_household_book_is_found_by_its_number_and_its_people(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work, pages=1)
        work.search.index_page(samples.page(1), "SỔ HỘ KHẨU\nSố: 290123456\nHọ và tên chủ hộ: Trần Văn Bê")
        head = samples.field("head_name", "Trần Văn Bê")
        work.documents.replace_proposed("d1", [samples.document(1, type_id="so_ho_khau", fields=(head,))])
    for asked in ({"words": "290123456"}, {"person": "tran van be"}, {"type_id": "so_ho_khau"}):
        assert [hit.type_id for hit in find(records, **asked)] == ["so_ho_khau"], asked


def test_a_day_of_receipt_is_a_day_in_viet_nam(records: RecordStore, samples: Samples) -> None:
    last_of_june = datetime(2025, 6, 30, 16, 59, 59, 999_999, tzinfo=UTC)
    first_of_july = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
    with records.transaction() as work:
        work.dossiers.add(samples.dossier("june", opened_at=last_of_june))
        work.dossiers.add(samples.dossier("july", opened_at=first_of_july))
    june, july = date(2025, 6, 30), date(2025, 7, 1)
    assert [hit.dossier_id for hit in find(records, received_from=june, received_to=june)] == ["june"]
    assert [hit.dossier_id for hit in find(records, received_from=july, received_to=july)] == ["july"]


def test_a_dossier_without_documents_is_one_hit_without_document(
    filed: RecordStore, samples: Samples
) -> None:
    expected = Hit(
        dossier_id="d2",
        dossier_code=samples.dossier("d2").code,
        document_id=None,
        type_id=None,
        page_number=None,
        snippet="",
    )
    assert list(find(filed, dossier_code=samples.dossier("d2").code)) == [expected]


def test_a_page_that_is_in_no_document_yet_is_found(filed: RecordStore, samples: Samples) -> None:
    with filed.transaction() as work:
        work.pages.add(samples.page(4))
        work.search.index_page(samples.page(4), "giấy bổ sung")
    (hit,) = find(filed, words="bo sung")
    assert (hit.dossier_id, hit.document_id, hit.page_number) == ("d1", None, 4)


@pytest.mark.parametrize("condition", ["words", "person"])
def test_documents_come_before_the_pages_that_are_in_none(
    filed: RecordStore, samples: Samples, condition: str
) -> None:
    with filed.transaction() as work:
        work.pages.add(samples.page(4))
        work.search.index_page(samples.page(4), "thửa đất số 47")
    hits = find(filed, **{condition: "thửa đất"})
    assert [(hit.type_id, hit.page_number) for hit in hits] == [("land_application", 2), (None, 4)]


def test_newest_dossier_first_then_documents_in_order(filed: RecordStore, samples: Samples) -> None:
    with filed.transaction() as work:
        work.dossiers.add(samples.dossier("d0", opened_at=samples.later(-1)))
        work.dossiers.add(samples.dossier("d3", opened_at=samples.later(0)))
    hits = find(filed, received_to=date(2030, 1, 1))
    assert [(hit.dossier_id, hit.type_id) for hit in hits] == [
        ("d2", None),
        ("d3", None),
        ("d1", "birth_certificate"),
        ("d1", "land_application"),
        ("d0", None),
    ]
    assert list(find(filed, received_to=date(2030, 1, 1), limit=3)) == list(hits[:3])


def test_the_page_of_a_hit_is_the_first_that_answers(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        for number in (1, 2, 3):
            text = "trang đầu" if number == 1 else f"quyết định {number}"
            work.search.index_page(samples.page(number), text)
        work.documents.replace_proposed("d1", [replace(samples.document(3, 2, 1), ordinal=1)])
    (hit,) = find(records, words="quyet dinh")
    assert (hit.page_number, hit.snippet) == (2, "quyết định 2")


def test_the_next_page_goes_on_after_a_dossier(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for number, seconds in ((1, 0), (2, 60), (3, 60), (4, 120)):
            samples.receive(work, f"d{number}", opened_at=samples.later(seconds))
        every = work.search.find(Query(procedure_codes=("1.001193",)))
        assert [hit.dossier_id for hit in every] == ["d4", "d3", "d2", "d1"]
        for place, hit in enumerate(every):
            rest = work.search.find(Query(procedure_codes=("1.001193",), older_than=hit.dossier_id))
            assert list(rest) == list(every[place + 1 :])
        assert not work.search.find(Query(procedure_codes=("1.001193",), older_than="gone"))


def test_a_page_that_was_scanned_anew_is_found_by_its_words(filed: RecordStore, samples: Samples) -> None:
    again = samples.page(1, page_id="again", revision=1)
    with filed.transaction() as work:
        work.pages.save(work.pages.get("p-d1-1").moved(PageState.REPLACED))
        work.pages.add(again)
        work.search.index_page(again, BIRTH)
        work.documents.replace_proposed("d1", [replace(samples.document(1), page_ids=("again",))])
    assert [hit.page_number for hit in find(filed, words="nguyễn thị hòa")][:1] == [1]
    assert "Hoà" in find(filed, words="nguyễn thị hòa")[0].snippet


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("H29.119", ["d3", "d2", "d1"]),
        ("H29.11", []),
        ("H29", ["d4", "d3", "d2", "d1"]),
        ("H26", ["d5", "d2"]),
        ("H26.5", ["d2"]),
        ("H2_", []),
    ],
)
def test_an_agency_finds_what_it_or_one_below_it_received_decides_or_supports(
    records: RecordStore, samples: Samples, agency: str, expected: list[str]
) -> None:
    codes = ("H29.119-260101-0001", "H29.119-260101-0002", "H29.119.4-260101-0001", "H29.120-260101-0001")
    codes += ("000.00.16.H26-260101-0001",)
    with records.transaction() as work:
        for number, code in enumerate(codes, start=1):
            samples.receive(work, f"d{number}", code=code)
        case = Case(
            dossier_id="d2",
            variant="",
            channel=Channel.DIRECT,
            places=Places(receiving_point="H29.119", competent_agency="H26.5.1"),
            parties=Parties(owner=Party(name="Nguyễn Thị Hoà")),
            state="received",
        )
        work.cases.add(case)
    if agency == "H2_":
        with pytest.raises(InputError, match="BAD_AGENCY_CODE"):
            find(records, procedure_codes=("1.001193",), within=(agency,))
        return
    found = find(records, procedure_codes=("1.001193",), within=(agency,))
    assert [hit.dossier_id for hit in found] == expected


def test_words_of_a_page_that_was_scanned_anew_are_found_no_more(
    filed: RecordStore, samples: Samples
) -> None:
    again = samples.page(2, page_id="again", revision=1)
    with filed.transaction() as work:
        work.pages.save(work.pages.get("p-d1-2").moved(PageState.REPLACED))
        work.pages.add(again)
        work.search.index_page(again, "đơn mới\nthửa đất số 47")
    assert not find(filed, words="thuy")
    assert not find(filed, person="Trần Đức Thuý", type_id="birth_certificate")
    assert [hit.snippet for hit in find(filed, words="thửa 47")] == ["thửa đất số 47"]
