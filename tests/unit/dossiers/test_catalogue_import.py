"""Importing lists of procedures: compared, checked, and only then kept (domain items 4 and 7)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dossiers.catalogue import Catalogue, load_catalogue, load_records
from dossiers.catalogue_check import FindingKind
from dossiers.catalogue_import import ImportPlan, plan_rows, plan_values, read_csv, read_json, rows_of
from dossiers.catalogue_layered import LayeredRecords
from dossiers.catalogue_layers import LayerNote, imported_layers, keep_layer, layer_paths
from dossiers.catalogue_rows import Row
from dossiers.codes import AgencyCode
from dossiers.errors import ConfigurationError, InputError
from dossiers.procedures import ComponentPolicy, FormRequired

DAY = date(2026, 11, 25)
BAC_NINH = AgencyCode.parse("H05")
NOTE = LayerNote(file_name="a.csv", sha256="0" * 64, by="x", at=datetime(2026, 11, 25, tzinfo=UTC))
HEAD = (
    "Mã thủ tục;Cơ quan;Hiệu lực từ;Tên thủ tục;Số ngày làm việc;Thay thế cho mã;Nguồn;"
    "Thành phần hồ sơ;Loại giấy tờ;Hình thức;Số bản"
)
LIST = f"""{HEAD}
1,117777;H05;01/12/2026;Thủ tục mới;7;1.116666;Thông báo 1;Tờ khai;Đơn đăng ký;B;1
1,117777;H05;01/12/2026;;;;;Bản sao GCN;gcn_qsdd;C;2
1.11003;;;Thủ tục khác;;;;;;;
"""


def table(text: str) -> tuple[list[str], list[Row]]:
    lines = read_csv(text)
    return lines[0], rows_of(lines[0], lines[1:])


def plan(text: str) -> ImportPlan:
    return plan_rows(load_records(), *table(text))


def keep(data_dir: Path, planned: ImportPlan) -> Catalogue:
    assert planned.is_good, (planned.problems, planned.contradictions)
    keep_layer(data_dir, planned.values, NOTE)
    return load_catalogue(data_dir)


def test_a_list_of_rows_becomes_procedures_with_their_papers(tmp_path: Path) -> None:
    catalogue = keep(tmp_path, plan(LIST.replace("Đơn đăng ký", "to_khai_khai_sinh")))
    found = catalogue.get("1.117777", date(2026, 12, 1), BAC_NINH)

    assert [each.name for each in found.components] == ["Tờ khai", "Bản sao GCN"]
    assert [each.form for each in found.components] == [FormRequired.ORIGINAL, FormRequired.COPY]
    assert [each.policy for each in found.components] == [
        ComponentPolicy.DIGITIZE,
        ComponentPolicy.CAPTURE_ONLY,
    ]
    assert [each.copies for each in found.components] == [1, 2]
    assert (found.time.working_days, found.evidence.citation) == (7, "Thông báo 1")
    assert catalogue.get("1.110030", DAY).name == "Thủ tục khác"
    assert not catalogue.get("1.11003", DAY).evidence.is_verified


def test_item_07_a_code_that_the_list_replaces_is_found_both_ways(tmp_path: Path) -> None:
    catalogue = keep(tmp_path, plan(LIST.replace("Đơn đăng ký", "")))

    assert catalogue.successors("1,116666") == ("1.117777",)
    assert catalogue.predecessors("1.117777.000.00.00.H05") == ("1.116666",)
    assert catalogue.successors("1.116666", date(2026, 11, 30)) == ("1.116666",)


def test_the_name_of_a_document_type_is_understood_and_an_unknown_one_refused() -> None:
    good = plan(LIST.replace("Đơn đăng ký", "Tờ khai đăng ký khai sinh"))
    bad = plan(LIST)

    assert good.is_good
    assert good.added[0].components[0].accepts == ("to_khai_khai_sinh",)
    assert [each.kind for each in bad.contradictions] == [FindingKind.DOCUMENT_TYPE_UNKNOWN]


def test_item_04_a_later_entry_ends_the_earlier_one_and_old_days_stay_as_they_were(tmp_path: Path) -> None:
    text = "code,effective_from,name,working_days\n1.001193,2027-01-01,Đăng ký khai sinh,1\n"
    planned = plan(text)
    catalogue = keep(tmp_path, planned)

    assert [str(each.effective_to) for each in planned.ended] == ["2026-12-31"]
    before, after = catalogue.get("1.001193", date(2026, 12, 31)), catalogue.get("1.001193", date(2027, 1, 1))
    assert (before.time.working_days, len(before.components)) == (0, 8)
    assert (after.time.working_days, len(after.components)) == (1, 0)
    assert not [each for each in catalogue.check() if each.is_contradiction]


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    text = LIST.replace("Đơn đăng ký", "")
    keep(tmp_path, plan(text))
    again = plan_rows(load_records(tmp_path), *table(text))

    assert not again.changes_anything
    assert again.same == 2


def test_what_a_list_changes_is_named(tmp_path: Path) -> None:
    keep(tmp_path, plan("code,name,fee\n1.110030,A,10\n"))
    again = plan_rows(load_records(tmp_path), *table("code,name,fee\n1.110030,B,10\n"))

    assert [each.differs for each in again.changed] == [("name",)]


def test_every_wrong_cell_is_told_with_its_row() -> None:
    text = """code,agency,effective_from,name,working_days,non_geographic,replaces
khai sinh,,,A,,,
1.110030,?,31/02/2026,,many,perhaps,what
,,,,,,
1.120030,,,B,,,
"""
    told = [(each.row, each.what) for each in plan(text).problems]

    assert told == [
        (2, "code cannot be khai sinh"),
        (2, "the code is missing or malformed"),
        (3, "agency cannot be ?"),
        (3, "effective_from cannot be 31/02/2026"),
        (3, "the name is missing"),
        (3, "non_geographic cannot be perhaps"),
        (3, "working_days cannot be many"),
        (3, "what is no procedure code"),
    ]


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("code,colour", "unknown heading colour"),
        ("name", "there is no column for the code"),
        ("code,Mã TTHC", "code stands twice"),
    ],
)
def test_a_heading_that_nobody_knows_is_no_detail_to_skip(head: str, what: str) -> None:
    assert what in [each.what for each in plan(f"{head}\n").problems]


def test_a_contradiction_that_the_list_brings_in_refuses_it() -> None:
    text = "code,effective_from,effective_to,name\n1.110030,2026-05-01,2026-01-01,A\n"

    assert [each.kind for each in plan(text).contradictions] == [FindingKind.PERIOD_REVERSED]


def test_entries_that_overlap_within_the_list_are_refused_by_the_check() -> None:
    text = "code,effective_from,effective_to,name\n1.110030,,2026-06-01,A\n1.110030,2026-05-01,,B\n"

    assert FindingKind.PERIODS_OVERLAP in [each.kind for each in plan(text).contradictions]


def test_json_has_the_shape_of_the_catalogue_file(tmp_path: Path) -> None:
    evidence = {"kind": "official", "citation": "Thông báo"}
    values = {
        "procedure": [
            {
                "code": "1,11003",
                "effective_from": "2026-12-01",
                "name": "A",
                "non_geographic": True,
                "evidence": evidence,
                "components_evidence": evidence,
            }
        ],
        "replacement": [{"old": "1.12003", "new": ["1.11003"], "since": "2026-12-01", "evidence": evidence}],
    }
    catalogue = keep(tmp_path, plan_values(load_records(), read_json(json.dumps(values))))

    assert catalogue.get("1.11003", date(2026, 12, 1)).is_non_geographic is True
    assert catalogue.successors("1.12003") == ("1.110030",)


@pytest.mark.parametrize(
    "values",
    [
        {"procedure": [{"code": "1.110030"}]},
        {"colour": 1},
        {"procedure": [{"code": "1.110030", "name": "A", "effective_from": "tomorrow"}]},
        {"procedure": 1},
    ],
)
def test_json_of_another_shape_is_a_problem(values: dict[str, object]) -> None:
    assert not plan_values(load_records(), values).is_good


@pytest.mark.parametrize("text", ["[]", "{", '"a"'])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="BAD_LIST"):
        read_json(text)


def test_layers_are_numbered_and_never_overwritten(tmp_path: Path) -> None:
    for name in ("A", "B"):
        keep_layer(tmp_path, plan(f"code,name\n1.110030,{name}\n").values, NOTE)

    assert [each.name for each in layer_paths(tmp_path)] == ["0001.json", "0002.json"]
    assert load_catalogue(tmp_path).get("1.11003", DAY).name == "B"
    assert not list((tmp_path / "catalogue").glob(".draft*"))
    layer_paths(tmp_path)[1].unlink()
    assert load_catalogue(tmp_path).get("1.11003", DAY).name == "A"


def test_entries_read_one_by_one_are_those_of_the_whole(tmp_path: Path) -> None:
    for text in (
        "code,name,effective_from\n1.110030,A,2026-01-01\n1.001193,Khai sinh,2026-03-01\n",
        "code,name,effective_from\n1.110030,B,2026-06-01\n1.110031,C,\n",
    ):
        keep_layer(tmp_path, plan(text).values, NOTE)
    layered = LayeredRecords(load_records(), tuple(imported_layers(tmp_path)))
    whole = load_records(tmp_path).procedures
    assert layered.whole().procedures == whole
    for number in {each.number for each in whole}:
        assert layered.of(number) == tuple(each for each in whole if each.number == number), number
    assert [each.effective_to for each in layered.of("1.110030")] == [date(2026, 5, 31), None]


def test_an_entry_that_was_spoiled_after_its_import_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    path = keep_layer(tmp_path, plan("code,name\n1.110030,A\n1.110031,B\n").values, NOTE)
    path.write_text(path.read_text("utf-8").replace('"name": "A"', '"nmae": "A"'), encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert catalogue.get("1.110031", DAY).name == "B"
    with pytest.raises(ConfigurationError, match="BAD_CATALOGUE"):
        catalogue.get("1.110030", DAY)


@pytest.mark.parametrize("text", ["", "{}", '{"format": 9}', '{"format": 1, "values": {"colour": 1}}'])
def test_a_layer_that_was_tampered_with_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "0001.json").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="BAD_CATALOGUE"):
        load_catalogue(tmp_path)


def test_a_formula_in_a_list_is_text_like_any_other(tmp_path: Path) -> None:
    catalogue = keep(tmp_path, plan('code,name\n1.110030,"=HYPERLINK(""http://x"")"\n'))

    assert catalogue.get("1.11003", DAY).name == '=HYPERLINK("http://x")'
