from __future__ import annotations

from scanners.separators.meaning import Meaning, Starts
from scanners.separators.splitting import AsideReason, JudgedPage, split_batch
from scanners.separators.verdict import SheetFlag, SheetVerdict

PAPER = JudgedPage()
ONE, TWO = "H29.119-250701-0001", "H29.119-250701-0002"


def _sheet(meaning: Meaning, *, sheet: int | None = None) -> JudgedPage:
    return JudgedPage(verdict=SheetVerdict(meaning=meaning), sheet=sheet)


def _dossier(code: str = "", procedure: str = "") -> JudgedPage:
    return _sheet(Meaning(starts=Starts.DOSSIER, dossier_code=code, procedure_code=procedure))


def _type(type_id: str) -> JudgedPage:
    return _sheet(Meaning(starts=Starts.DOCUMENT, type_id=type_id))


def test_papers_before_the_first_separator_are_a_dossier_of_their_own() -> None:
    split = split_batch([PAPER, _dossier(ONE), PAPER, PAPER])
    assert [(part.dossier_code, part.positions) for part in split.dossiers] == [("", (0,)), (ONE, (2, 3))]
    assert [part.opened_by for part in split.dossiers] == [None, 1]


def test_a_procedure_holds_until_another_is_named() -> None:
    split = split_batch([_dossier("", "1.001193"), PAPER, _dossier(), PAPER, _dossier("", "2.000815"), PAPER])
    assert [part.procedure_code for part in split.dossiers] == ["1.001193", "1.001193", "2.000815"]


def test_a_type_holds_for_one_document_only() -> None:
    split = split_batch([_type("ho_chieu"), PAPER, PAPER, _type("ho_chieu"), PAPER, _dossier(), PAPER])
    runs = [run for part in split.dossiers for run in part.runs]
    assert [(run.type_id, run.is_new_document) for run in runs] == [
        ("ho_chieu", True),
        ("ho_chieu", True),
        ("", True),
    ]


def test_a_profile_changes_without_cutting_the_document() -> None:
    split = split_batch([_type("ho_chieu"), PAPER, _sheet(Meaning(profile="photo")), PAPER])
    [part] = split.dossiers
    assert [(run.profile, run.type_id, run.is_new_document) for run in part.runs] == [
        ("", "ho_chieu", True),
        ("photo", "ho_chieu", False),
    ]


def test_a_code_and_a_procedure_before_the_same_papers_open_one_dossier() -> None:
    split = split_batch([PAPER, _dossier(ONE), _dossier("", "1.001193"), PAPER])
    assert [(part.dossier_code, part.procedure_code) for part in split.dossiers] == [
        ("", ""),
        (ONE, "1.001193"),
    ]
    assert split.flagged == ()


def test_a_named_dossier_without_pages_is_told_and_not_given_those_of_the_next() -> None:
    split = split_batch([_dossier(ONE), _dossier(TWO), PAPER, _dossier(ONE)])
    assert [part.dossier_code for part in split.dossiers] == [TWO]
    assert [(each.position, each.flag) for each in split.flagged] == [
        (0, SheetFlag.WITHOUT_PAGES),
        (3, SheetFlag.WITHOUT_PAGES),
    ]


def test_a_nameless_start_after_a_named_one_does_not_take_its_name() -> None:
    split = split_batch([_dossier(ONE), _dossier(), PAPER])
    assert [part.dossier_code for part in split.dossiers] == [""]
    assert [each.flag for each in split.flagged] == [SheetFlag.WITHOUT_PAGES]


def test_a_named_type_without_pages_is_told() -> None:
    split = split_batch([_type("ho_chieu"), _dossier(ONE), PAPER])
    assert [(each.position, each.flag) for each in split.flagged] == [(0, SheetFlag.WITHOUT_PAGES)]


def test_the_blank_back_of_a_separator_is_no_page_of_the_dossier() -> None:
    start = Meaning(starts=Starts.DOSSIER)
    stream = [_sheet(start, sheet=1), JudgedPage(sheet=1, is_blank=True), JudgedPage(sheet=2)]
    split = split_batch([*stream, JudgedPage(sheet=2, is_blank=True)])
    assert [(each.position, each.reason) for each in split.aside] == [
        (0, AsideReason.SEPARATOR),
        (1, AsideReason.SEPARATOR_BACK),
    ]
    assert split.dossiers[0].positions == (2, 3)


def test_a_back_with_something_on_it_is_kept_as_a_page() -> None:
    stream = [_sheet(Meaning(starts=Starts.DOSSIER), sheet=1), JudgedPage(sheet=1), JudgedPage(sheet=2)]
    assert split_batch(stream).dossiers[0].positions == (1, 2)


def test_both_sides_of_a_sheet_that_say_the_same_count_once() -> None:
    start = Meaning(starts=Starts.DOSSIER, dossier_code=ONE)
    split = split_batch([_sheet(start, sheet=1), _sheet(start, sheet=1), JudgedPage(sheet=2)])
    assert split.flagged == ()
    assert [part.dossier_code for part in split.dossiers] == [ONE]


def test_a_batch_of_separators_only_has_no_dossier_and_loses_nothing() -> None:
    split = split_batch([_dossier(ONE), _dossier(ONE)])
    assert split.dossiers == ()
    assert [each.dossier for each in split.aside] == [None, None]
    assert [each.flag for each in split.flagged] == [SheetFlag.WITHOUT_PAGES]
