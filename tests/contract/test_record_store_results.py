"""What every record store promises about results: numbered, never erased, revoked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dossiers.errors import RecordError
from dossiers.ports import RecordStore
from dossiers.result import IssuedResult, Revocation

if TYPE_CHECKING:
    from conftest import Samples


def result(samples: Samples, number: int = 1, **changes: object) -> IssuedResult:
    values: dict[str, object] = {
        "code": f"H29.119-250701-0001-KQ({number})",
        "dossier_id": "d1",
        "number": number,
        "name": "Giấy khai sinh",
        "type_id": "giay_khai_sinh",
        "document_id": "doc-1",
        "national_code": "KQ.G15.000031",
        "issued_on": date(2025, 7, 1),
        "valid_until": None,
        "recorded_at": samples.now,
        "recorded_by": "quầy 3",
    }
    return IssuedResult(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def issued(records: RecordStore, samples: Samples) -> RecordStore:
    with records.transaction() as work:
        work.dossiers.add(samples.dossier("d1"))
        work.results.add(result(samples, 2, document_id=None, valid_until=date(2026, 1, 1)))
        work.results.add(result(samples, 1))
    return records


def test_results_come_back_by_number_document_and_code(issued: RecordStore, samples: Samples) -> None:
    first, second = result(samples), result(samples, 2, document_id=None, valid_until=date(2026, 1, 1))
    with issued.transaction() as work:
        assert list(work.results.of_dossier("d1")) == [first, second]
        assert list(work.results.of_document("doc-1")) == [first]
        assert work.results.find(second.code) == second
        assert work.results.find("H29.119-250701-0001-KQ(9)") is None
        assert list(work.results.of_dossier("d2")) == []


@pytest.mark.parametrize(
    "changes", [{"number": 9}, {"code": "H29.119-250701-0001-KQ(9)"}], ids=["code", "number"]
)
def test_neither_code_nor_number_is_given_twice(
    issued: RecordStore, samples: Samples, changes: dict[str, object]
) -> None:
    with pytest.raises(RecordError, match="DUPLICATE"), issued.transaction() as work:
        work.results.add(replace(result(samples), **changes))  # type: ignore[arg-type]


def test_a_result_needs_its_dossier(records: RecordStore, samples: Samples) -> None:
    with pytest.raises(RecordError, match="NOT_FOUND"), records.transaction() as work:
        work.results.add(result(samples))


def test_revoking_marks_and_keeps_the_result(issued: RecordStore, samples: Samples) -> None:
    code = result(samples).code
    revocation = Revocation(at=samples.later(60), by="Chủ tịch", reason="Cấp sai", replaced_by="x-KQ(2)")
    with issued.transaction() as work:
        work.results.revoke(code, revocation)
    with issued.transaction() as work:
        found = work.results.find(code)
        assert found == replace(result(samples), revocation=revocation)
        assert list(work.results.of_document("doc-1")) == [found]


def test_the_first_revocation_stands(issued: RecordStore, samples: Samples) -> None:
    code = result(samples).code
    first = Revocation(at=samples.later(60), by="Chủ tịch", reason="Cấp sai")
    with issued.transaction() as work:
        work.results.revoke(code, first)
    with pytest.raises(RecordError, match="RESULT_REVOKED"), issued.transaction() as work:
        work.results.revoke(code, replace(first, reason="Khác"))
    with pytest.raises(RecordError, match="NOT_FOUND"), issued.transaction() as work:
        work.results.revoke("H29.119-250701-0001-KQ(9)", first)
    with issued.transaction() as work:
        found = work.results.find(code)
    assert found is not None
    assert found.revocation == first
