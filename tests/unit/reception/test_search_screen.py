"""Search and viewer: by code, by words without tones, pages of answers, downloads that run nothing."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

from litestar import Litestar
from litestar.testing import TestClient

from reception.search.question import PAGE
from sohoa.bootstrap import Application
from sohoa.clock import utc_now

from .read_dossier import NUMBER, add_read_dossier

HOSTILE = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>"


def test_a_dossier_is_found_by_every_kind_of_question(
    client: TestClient[Litestar], application: Application
) -> None:
    add_read_dossier(application)
    code = "H29.119-261128-0001"
    assert "Tìm hồ sơ đã lưu" in client.get("/search").text
    for asked in (
        {"q": code.lower()},
        {"q": "1.001193"},
        {"q": NUMBER},
        {"q": "giay khai sinh"},
        {"person": "nguyen thi hoa"},
        {"number": NUMBER},
        {"type": "giay_khai_sinh"},
        {"from": "2020-01-01"},
    ):
        assert code in client.post("/search/answers", data=asked).text, asked
    for asked in ({"q": "giay khai sinh", "tones": "1"}, {"type": "ct01"}, {"q": "2.000635"}):
        assert "Không tìm thấy hồ sơ nào" in client.post("/search/answers", data=asked).text, asked
    wrong = client.post("/search/answers", data={"number": "123"})
    assert (wrong.status_code, "12 chữ số" in wrong.text) == (400, True)


def test_answers_come_in_pages_of_whole_dossiers(
    client: TestClient[Litestar], application: Application
) -> None:
    now = utc_now()
    for number in range(1, PAGE + 4):
        add_read_dossier(application, number, opened_at=now - timedelta(minutes=number))
    first = client.post("/search/answers", data={"q": "1.001193"}).text
    assert "H29.119-261128-0001" in first
    assert f"H29.119-261128-{PAGE + 1:04}" not in first
    after = first.partition('name="after" value="')[2].partition('"')[0]
    second = client.post("/search/answers", data={"q": "1.001193", "after": after}).text
    assert [f"-{number:04}" in second for number in (PAGE, PAGE + 1, PAGE + 3)] == [False, True, True]
    assert "Hết kết quả" in second


def test_a_kept_search_holds_no_number_and_no_name(
    client: TestClient[Litestar], application: Application
) -> None:
    add_read_dossier(application)
    kept = {"name": "Khai sinh", "type": "giay_khai_sinh", "person": "Hoà", "number": NUMBER, "q": NUMBER}
    answer = client.post("/search/kept", data=kept, follow_redirects=False)
    assert answer.headers["location"] == "/search?type=giay_khai_sinh"
    assert "H29.119-261128-0001" in client.get("/search?type=giay_khai_sinh").text
    assert ">Khai sinh</a>" in client.get("/search").text
    client.post("/search/kept/forget", data={"name": "Khai sinh"})
    assert ">Khai sinh</a>" not in client.get("/search").text


def test_words_are_marked_on_the_picture(client: TestClient[Litestar], application: Application) -> None:
    add_read_dossier(application)
    page = client.get("/search/dossier/d1?page=1&words=khai+sinh").text
    assert page.count('class="spot"') == 2
    assert '<rect class="spot" x="90" y="-10"' in page
    assert "Đã đánh dấu 2 chỗ" in page
    assert client.get("/search/dossier/d1?words=giay&tones=true").text.count('class="spot"') == 0
    assert client.get("/search/dossier/none").status_code == 404


def test_the_words_that_were_asked_for_are_marked_in_the_line_found(
    client: TestClient[Litestar], application: Application
) -> None:
    add_read_dossier(application, text="CỘNG HÒA\nGIẤY KHAI SINH số 17/2020 <b>")
    found = client.post("/search/answers", data={"q": "khai sinh"}).text
    assert "GIẤY <mark>KHAI</mark> <mark>SINH</mark> số 17/2020 &lt;b&gt;" in found
    assert "<mark>" not in client.post("/search/answers", data={"q": "1.001193"}).text


def test_downloads_are_attachments_under_names_of_ours(
    client: TestClient[Litestar], application: Application
) -> None:
    document = add_read_dossier(application, name='x"; filename=evil.html')
    original = client.get("/search/dossier/d1/original/f1")
    assert original.headers["content-disposition"] == 'attachment; filename="H29.119-261128-0001-goc-001.jpg"'
    assert original.headers["content-type"] == "image/jpeg"
    assert original.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in original.headers["content-security-policy"]
    assert original.content[:2] == b"\xff\xd8"
    assert client.get(f"/search/dossier/d1/paper/{document.document_id}").status_code == 404
    key = application.derivatives.put_once(b"%PDF-1.7 x")
    with application.records.transaction() as work:
        work.documents.set_pdf(document.document_id, key)
    assert client.get(f"/search/dossier/d1/paper/{document.document_id}").content == b"%PDF-1.7 x"
    archive = client.get("/search/dossier/d1/zip")
    assert archive.headers["content-type"] == "application/zip"
    names = zipfile.ZipFile(BytesIO(archive.content)).namelist()
    assert names == ["01-giay-khai-sinh.pdf", "01-giay-khai-sinh.txt"]
    with application.records.transaction() as work:
        told = [each.detail for each in work.events.of_dossier("d1") if each.kind == "original_taken"]
    assert told == ["a1"]


def test_similar_documents_share_words(client: TestClient[Litestar], application: Application) -> None:
    text = "ỦY BAN NHÂN DÂN PHƯỜNG CẦU GIẤY\nGIẤY KHAI SINH\nĐường Nguyễn Trãi phường Thanh Xuân"
    document = add_read_dossier(application, 1, text=text)
    add_read_dossier(application, 2, text=text)
    add_read_dossier(application, 3, text="GIẤY KHAI SINH")
    page = client.get(f"/search/similar/{document.document_id}").text
    assert ("0002" in page, "0003" in page) == (True, False)


def test_hostile_text_is_shown_as_text(client: TestClient[Litestar], application: Application) -> None:
    add_read_dossier(application, text=f"GIẤY KHAI SINH\n{HOSTILE}", name=HOSTILE)
    for page in (
        client.post("/search/answers", data={"q": HOSTILE, "person": HOSTILE}),
        client.post("/search/answers", data={"q": "script alert"}),
        client.get("/search/dossier/d1", params={"words": HOSTILE}),
        client.get("/search/dossier/d1/print"),
    ):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
