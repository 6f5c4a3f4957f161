"""Codes of dossiers, whatever agencies, days and failures (domain item 6)."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.codes import DossierCode
from dossiers.errors import InputError
from dossiers.local_time import day_in_vietnam
from dossiers.opening import Opening, open_dossier
from dossiers.testing import MemoryRecordStore

START = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
AGENCIES = st.sampled_from(["H29.119", "H29.120", "000.00.16.H26", "G01.899.108"])
OPENINGS = st.lists(st.tuples(AGENCIES, st.integers(0, 72), st.integers(0, 15), st.booleans()), max_size=40)


class Cancelled(Exception):
    """A counter breaks off before it commits."""


@given(OPENINGS)
def test_codes_have_neither_double_nor_gap_within_agency_and_day(
    openings: list[tuple[str, int, int, bool]],
) -> None:
    store, codes = MemoryRecordStore(), {}
    for agency, hours, key, is_cancelled in openings:
        opening = Opening(
            agency=agency, intake_key=str(key), procedure_code=None, citizen_number=None, title=""
        )
        try:
            with store.transaction() as work:
                dossier = open_dossier(work, opening, START + timedelta(hours=hours))
                if is_cancelled:
                    raise Cancelled
        except Cancelled:
            continue
        assert codes.setdefault(key, dossier.code) == dossier.code
        assert DossierCode.parse(dossier.code).day == day_in_vietnam(dossier.opened_at)
    numbers = defaultdict(list)
    for code in map(DossierCode.parse, codes.values()):
        numbers[str(code.agency), code.day].append(code.sequence)
    for given_numbers in numbers.values():
        assert sorted(given_numbers) == list(range(1, len(given_numbers) + 1))


@pytest.mark.parametrize(
    ("agency", "code"),
    [("H29.119", "H29.119-261125-0001"), ("000.00.16.H26", "000.00.16.H26-261125-0001")],
)
def test_item_06_the_configured_identifier_decides_between_old_and_new_style(agency: str, code: str) -> None:
    opening = Opening(agency=agency, intake_key="1", procedure_code=None, citizen_number=None, title="")
    with MemoryRecordStore().transaction() as work:
        assert open_dossier(work, opening, START).code == code


def test_item_06_when_the_numbers_of_a_day_are_used_up_nothing_is_opened() -> None:
    store = MemoryRecordStore()
    opening = Opening(agency="H29.119", intake_key="1", procedure_code=None, citizen_number=None, title="")
    with store.transaction() as work:
        for _ in range(9_999):
            work.dossiers.next_number("H29.119", "261125")
    with pytest.raises(InputError, match="BAD_DOSSIER_CODE"), store.transaction() as work:
        open_dossier(work, opening, START)
    with store.transaction() as work:
        assert work.dossiers.by_intake_key("1") is None
        assert work.dossiers.next_number("H29.119", "261125") == 10_000
