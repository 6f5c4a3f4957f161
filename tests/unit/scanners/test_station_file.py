"""A file cut at its separator sheets: every page in one part, in order, with keys that never change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scanners.separators.meaning import Meaning, Starts
from scanners.separators.verdict import SheetFlag, SheetVerdict
from scanners.station_file import cut_file

NEXT = SheetVerdict(meaning=Meaning(starts=Starts.DOSSIER), value="next")
TYPE = SheetVerdict(meaning=Meaning(starts=Starts.DOCUMENT, type_id="ct01"), value="type")
TORN = SheetVerdict(flag=SheetFlag.UNREADABLE)
PAPER = SheetVerdict()


def test_a_file_without_separators_is_one_whole():
    assert cut_file([PAPER] * 3).is_whole
    assert not cut_file([PAPER, NEXT, PAPER]).is_whole
    assert not cut_file([TORN]).is_whole


def test_separators_cut_it_into_dossiers_and_types_and_are_set_aside():
    cut = cut_file([NEXT, PAPER, PAPER, TYPE, PAPER, NEXT, PAPER, TORN, PAPER])
    told = [(part.indexes, part.dossier, part.set_aside, part.named_type) for part in cut.parts]
    assert told == [
        ((0,), 0, "SEPARATOR", ""), ((1, 2), 0, "", ""), ((3,), 0, "SEPARATOR", ""), ((4,), 0, "", "ct01"),
        ((5,), 1, "SEPARATOR", ""), ((6,), 1, "", ""), ((7,), 1, "", ""), ((8,), 1, "", ""),
    ]  # fmt: skip
    assert [part.flags for part in cut.parts if part.flags] == [("SEPARATOR_UNREADABLE",)]
    assert [part.opens_document for part in cut.parts if not part.set_aside][1]


@given(st.lists(st.sampled_from([PAPER, NEXT, TYPE, TORN]), min_size=1, max_size=30))
def test_every_page_is_in_exactly_one_part_and_every_part_has_a_key_of_its_own(verdicts):
    cut = cut_file(verdicts)
    indexes = [index for part in cut.parts for index in part.indexes]
    assert sorted(indexes) == list(range(len(verdicts)))
    papers = [index for part in cut.parts if not part.set_aside for index in part.indexes]
    assert papers == sorted(papers)
    keys = {part.receipt_key(b"file") for part in cut.parts}
    assert len(keys) == len(cut.parts)
    assert keys == {part.receipt_key(b"file") for part in cut_file(verdicts).parts}
