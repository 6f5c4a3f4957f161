from __future__ import annotations

import pytest

from classifiers.codes.paper_payload import paper_values


@pytest.mark.parametrize("between", ["|", ";", "\n", " - ", "&a=", '","b":"', "#"])
def test_codes_are_found_whatever_stands_between_them(between: str) -> None:
    payload = between.join(("H29.119-250701-0001", "1.001193", "003090123456", "Giấy tiếp nhận"))
    assert dict(paper_values(payload)) == {
        "dossier_code": "H29.119-250701-0001",
        "procedure_code": "1.001193",
        "paper_owner_number": "003090123456",
    }


def test_old_and_local_codes_are_found() -> None:
    values = dict(paper_values("000.00.16.H26-240920-0001 2.000815.000.00.00.H55"))
    assert values == {
        "dossier_code": "000.00.16.H26-240920-0001",
        "procedure_code": "2.000815.000.00.00.H55",
    }


def test_the_code_of_a_result_names_its_dossier_too() -> None:
    values = dict(paper_values("H29.119-250701-0001-KQ(1)"))
    assert values == {"result_code": "H29.119-250701-0001-KQ(1)", "dossier_code": "H29.119-250701-0001"}


@pytest.mark.parametrize(
    "payload",
    [
        "https://example.vn/tra-cuu?id=12345",
        "<script>alert(1)</script>",
        "'; DROP TABLE dossiers; --",
        "H29.119-251301-0001",
        "1.00119",
        "7.001193",
        "12,345.678901 and 1.0011934",
        "00309012345",
        "x" * 1000,
        "",
    ],
)
def test_what_is_no_code_gives_no_value(payload: str) -> None:
    assert paper_values(payload) == ()


def test_two_different_dossier_codes_give_neither() -> None:
    values = dict(paper_values("H29.119-250701-0001;H29.119-250701-0002;1.001193"))
    assert values == {"procedure_code": "1.001193"}
