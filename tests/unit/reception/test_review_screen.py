"""The confirm screen: doubtful fields first, drafts kept, claims, two people, hostile text harmless."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from dossiers.review_draft import ReviewDraft
from sohoa.bootstrap import Application, bootstrap
from sohoa.clock import utc_now
from sohoa.desk_wiring import make_desk
from sohoa.office import make_office
from sohoa.settings import Settings

from .read_dossier import FIELDS, add_read_dossier
from .shared_desk import CLERK, SharedApp

HOSTILE = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>"


def _url(document_id: str, act: str = "") -> str:
    return f"/review/document/{document_id}{act}"


def test_the_queue_says_what_waits_and_what_to_do_without(
    client: TestClient[Litestar], application: Application
) -> None:
    assert "Không còn giấy tờ nào" in client.get("/review").text
    document = add_read_dossier(application)
    add_read_dossier(application, 2, agency="H29.120")
    page = client.get("/review").text
    assert "1 trường" in page  # of three, one is in doubt
    assert (page.count("H29.119-261128-0001"), page.count("H29.120")) == (1, 0)
    assert client.get("/review/next", follow_redirects=False).headers["location"] == _url(
        document.document_id
    )


def test_a_document_shows_doubts_suggestions_and_its_place(
    client: TestClient[Litestar], application: Application
) -> None:
    page = client.get(_url(add_read_dossier(application).document_id)).text
    assert "Nguy<mark>ê</mark>n Thị Hoà" in page
    assert ">Nguyễn Thị Hoà</button>" in page
    assert "dễ nhầm dấu" in page
    assert 'data-mark="190 290 340 60"' in page
    assert '/pictures/p1?width=1600"' in page
    sure = page[page.index('name="value.birth_date"') :]
    assert 'value="01/02/1990"' in sure
    assert 'tabindex="-1"' in sure[: sure.index(">")]
    doubtful = page[page.index('name="value.person_name"') :]
    assert "tabindex" not in doubtful[: doubtful.index(">")]


def test_what_was_typed_is_kept_and_confirmed(client: TestClient[Litestar], application: Application) -> None:
    document = add_read_dossier(application)
    url = _url(document.document_id)
    typed = {"name": "person_name", "text": "Nguyễn Thị Hòa", "read": "Nguyên Thị Hoà"}
    assert client.post(url + "/field", data=typed).status_code == 204
    bad = {"name": "birth_date", "text": "hôm qua", "read": "01/02/1990"}
    answer = client.post(url + "/field", data=bad, headers={"HX-Request": "true"})
    assert (answer.status_code, "BAD_VALUE" in answer.text) == (400, True)
    assert client.post(url + "/release", follow_redirects=False).headers["location"] == "/review"
    assert "đang làm dở" in client.get("/review").text
    assert 'value="Nguyễn Thị Hòa"' in client.get(url).text
    form = {
        "value.person_name": "Nguyễn Thị Hòa",
        "read.person_name": "Nguyên Thị Hoà",
        "value.birth_date": "02/02/1990",
        "read.birth_date": "01/02/1990",
        "type_id": "giay_khai_sinh",
        "copy_kind": "original",
    }
    answer = client.post(url + "/confirm", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/review/next?done=confirmed"
    with application.records.transaction() as work:
        paper = work.papers.find(document.document_id)
        facts = {each.name: each for each in work.papers.facts(document.document_id)}
        assert work.reviews.find(document.document_id) is None
    assert paper is not None
    assert paper.confirmed_by == "Trần Thị Cán Bộ"
    assert (facts["person_name"].value, facts["person_name"].proposed) == ("Nguyễn Thị Hòa", "Nguyên Thị Hoà")
    assert facts["birth_date"].value == "1990-02-02"
    assert "Đã xác nhận: Trần Thị Cán Bộ" in client.get(url).text


def test_a_document_in_another_clerks_hands_is_not_taken(
    client: TestClient[Litestar], application: Application
) -> None:
    document = add_read_dossier(application)
    now = utc_now()
    with application.records.transaction() as work:
        draft = ReviewDraft(document_id=document.document_id, clerk="a2", held_until=now)
        work.reviews.put(draft.taken("a2", now).typed("person_name", "Của người khác", now))
    assert client.get(_url(document.document_id)).status_code == 409
    assert "cán bộ khác đang làm" in client.get("/review").text
    with application.records.transaction() as work:
        kept = work.reviews.find(document.document_id)
        assert kept is not None
        work.reviews.put(replace(kept, held_until=now))  # ten minutes without a key
    assert 'value="Của người khác"' in client.get(_url(document.document_id)).text


OTHER = replace(CLERK, account_id="a2", name="Nguyễn Thị Hoà")


def test_where_two_people_check_the_screen_says_whose_turn_it_is(tmp_path: Path, open_app: SharedApp) -> None:
    settings = Settings(data_dir=tmp_path / "data", agency="H29.119", workers=1, second_check=("all",))
    with bootstrap(settings) as application:
        url = _url(add_read_dossier(application).document_id)
        desk = make_desk(application, make_office(application))
        form = {"type_id": "giay_khai_sinh", "copy_kind": "original"}
        with open_app.client(desk) as first:
            assert "cần hai người kiểm tra" in first.get(url).text
            assert "Đã kiểm tra lần một" in first.post(url + "/confirm", data=form).text
            assert "chờ người thứ hai" in first.get("/review").text
            assert first.get(url).status_code == 409
        with application.records.transaction() as work:
            assert work.papers.find(url.rpartition("/")[2]) is None
        with open_app.client(desk, OTHER) as second:
            assert "chờ kiểm tra lần hai" in second.get("/review").text
            assert "Kiểm tra lần hai: đối chiếu" in second.get(url).text
            assert "Đã xác nhận" in second.post(url + "/confirm", data=form).text
        with application.records.transaction() as work:
            paper = work.papers.find(url.rpartition("/")[2])
        assert paper is not None
        assert paper.confirmed_by == "Nguyễn Thị Hoà"


@pytest.mark.parametrize("field", ["person_name"])
def test_one_field_of_many_documents_is_shown_in_a_group(
    client: TestClient[Litestar], application: Application, field: str
) -> None:
    documents = [add_read_dossier(application, number) for number in (1, 2, 3)]
    assert f"/review/group?field={field}" in client.get("/review").text
    assert client.get(f"/review/group?field={field}").text.count('data-field="person_name"') == 3
    seen = {"name": field, "text": "Nguyên Thị Hoà", "read": "Nguyên Thị Hoà"}
    client.post(_url(documents[1].document_id, "/field"), data=seen)
    assert client.get(f"/review/group?field={field}").text.count('data-field="person_name"') == 2


def test_hostile_values_are_shown_as_text(client: TestClient[Litestar], application: Application) -> None:
    hostile = replace(FIELDS[0], value=HOSTILE, raw=HOSTILE, alternatives=(HOSTILE + "x",))
    named = replace(FIELDS[1], name=HOSTILE, value=HOSTILE, raw=HOSTILE)
    document = add_read_dossier(application, fields=(hostile, named), name=HOSTILE)
    for path in ("/review", _url(document.document_id), "/review/group?field=person_name"):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "49" not in page.text.replace("&#", "").partition("{{7*7}}")[0][-3:]
