"""Cutting a batch by separators loses nothing, doubles nothing and changes no order."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from scanners.separators.meaning import Meaning, Starts
from scanners.separators.splitting import AsideReason, JudgedPage, Split, split_batch
from scanners.separators.verdict import SheetFlag, SheetVerdict

_CODES = st.sampled_from(["", "H29.119-250701-0001", "H29.119-250701-0002"])
_MEANINGS = st.one_of(
    st.builds(
        Meaning,
        starts=st.just(Starts.DOSSIER),
        dossier_code=_CODES,
        procedure_code=st.sampled_from(["", "1.001193"]),
        type_id=st.sampled_from(["", "giay_khai_sinh"]),
    ),
    st.builds(Meaning, starts=st.just(Starts.DOCUMENT), type_id=st.sampled_from(["", "ho_chieu"])),
    st.builds(Meaning, profile=st.just("id-card")),
)
_PAGE_FLAGS = st.sampled_from([SheetFlag.UNREADABLE, SheetFlag.UNKNOWN_VALUE, SheetFlag.NOT_A_SHEET])
_VERDICTS = st.one_of(
    st.just(SheetVerdict()),
    st.builds(SheetVerdict, meaning=_MEANINGS),
    st.builds(SheetVerdict, flag=_PAGE_FLAGS),
)


@st.composite
def _streams(draw: st.DrawFn) -> list[JudgedPage]:
    verdicts = draw(st.lists(_VERDICTS, max_size=30))
    is_duplex = draw(st.booleans())
    return [
        JudgedPage(
            verdict=verdict,
            sheet=at // 2 if is_duplex else None,
            is_blank=verdict == SheetVerdict() and draw(st.booleans()),
        )
        for at, verdict in enumerate(verdicts)
    ]


def _papers(split: Split) -> list[int]:
    return [position for part in split.dossiers for position in part.positions]


@given(_streams())
def test_every_page_is_in_exactly_one_place(stream: list[JudgedPage]) -> None:
    split = split_batch(stream)
    assert sorted([*_papers(split), *(each.position for each in split.aside)]) == list(range(len(stream)))


@given(_streams())
def test_papers_keep_their_order_and_no_part_is_empty(stream: list[JudgedPage]) -> None:
    split = split_batch(stream)
    assert _papers(split) == sorted(_papers(split))
    assert all(run.positions for part in split.dossiers for run in part.runs)
    assert all(part.runs for part in split.dossiers)


@given(_streams())
def test_no_separator_is_among_papers_and_no_paper_is_aside(stream: list[JudgedPage]) -> None:
    split = split_batch(stream)
    assert all(stream[position].verdict.meaning is None for position in _papers(split))
    for each in split.aside:
        page = stream[each.position]
        is_back = each.reason is AsideReason.SEPARATOR_BACK
        assert page.is_blank and page.sheet is not None if is_back else page.verdict.meaning is not None


@given(_streams())
def test_a_flagged_sheet_is_kept_among_the_papers_and_told(stream: list[JudgedPage]) -> None:
    split = split_batch(stream)
    flagged = [at for at, page in enumerate(stream) if page.verdict.flag is not None]
    told = {each.position for each in split.flagged if each.flag is not SheetFlag.WITHOUT_PAGES}
    assert told == set(flagged)
    assert set(flagged) <= set(_papers(split))


@given(_streams())
def test_a_named_dossier_gets_pages_or_is_told(stream: list[JudgedPage]) -> None:
    split = split_batch(stream)
    starts = [
        page.verdict.meaning.dossier_code
        for page in stream
        if page.verdict.meaning is not None and page.verdict.meaning.dossier_code
    ]
    found = {part.dossier_code for part in split.dossiers}
    without = any(each.flag is SheetFlag.WITHOUT_PAGES for each in split.flagged)
    assert without or set(starts) <= found


@given(_streams())
@example([JudgedPage(verdict=SheetVerdict(meaning=Meaning(starts=Starts.DOSSIER)))])
def test_everything_aside_or_told_stands_with_a_dossier_if_there_is_one(stream: list[JudgedPage]) -> None:
    split = split_batch(stream)
    numbers = {each.dossier for each in (*split.aside, *split.flagged)}
    allowed = set(range(len(split.dossiers))) or {None}
    assert numbers <= allowed


@given(_streams())
def test_dossiers_begin_at_separators_that_start_one(stream: list[JudgedPage]) -> None:
    split = split_batch(stream)
    for part in split.dossiers[1:]:
        assert part.opened_by is not None
        opener = stream[part.opened_by].verdict.meaning
        assert opener is not None
        assert opener.starts is Starts.DOSSIER
        assert part.opened_by < part.positions[0]


@given(_streams(), st.integers(0, 30))
def test_what_comes_later_changes_no_dossier_but_the_last(stream: list[JudgedPage], length: int) -> None:
    so_far, whole = split_batch(stream[:length]), split_batch(stream)
    complete = so_far.dossiers[:-1]
    assert whole.dossiers[: len(complete)] == complete
