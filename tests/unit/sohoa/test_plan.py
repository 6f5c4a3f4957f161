"""Planning: what becomes one dossier, and what makes it the same one again."""

from __future__ import annotations

import pytest

from dossiers.errors import InputError
from sohoa.plan import Wish, plan_each, plan_one

AGENCY = "H29.119"


def test_the_same_paths_and_wishes_plan_the_same_opening(tmp_path):
    one = plan_one([tmp_path], Wish(procedure="1,001193"), AGENCY).opening
    two = plan_one([tmp_path], Wish(procedure="1.001193"), AGENCY).opening
    assert one == two
    assert one.procedure_code == "1.001193"


@pytest.mark.parametrize("other", [Wish(procedure="1.004222"), Wish(), Wish(procedure="1.001193", new="x")])
def test_another_procedure_or_a_new_one_is_another_dossier(tmp_path, other):
    one = plan_one([tmp_path], Wish(procedure="1.001193"), AGENCY).opening
    assert plan_one([tmp_path], other, AGENCY).opening.intake_key != one.intake_key


def test_a_path_never_stands_in_the_key(tmp_path):
    assert str(tmp_path) not in plan_one([tmp_path], Wish(), AGENCY).opening.intake_key


def test_a_folder_describes_its_dossier_and_the_command_line_wins(tmp_path):
    (tmp_path / "dossier.toml").write_text(
        'procedure = "1.004222"\ncitizen = "003090123456"\ntitle = "Thường trú"\n', encoding="utf-8"
    )
    described = plan_one([tmp_path], Wish(), AGENCY).opening
    assert (described.procedure_code, described.citizen_number, described.title) == (
        "1.004222",
        "003090123456",
        "Thường trú",
    )
    assert plan_one([tmp_path], Wish(procedure="1.001193"), AGENCY).opening.procedure_code == "1.001193"


@pytest.mark.parametrize(
    ("wish", "code"),
    [(Wish(procedure="x"), "BAD_PROCEDURE_CODE"), (Wish(citizen="123"), "BAD_PERSONAL_NUMBER")],
)
def test_a_malformed_code_is_refused_before_anything_is_received(tmp_path, wish, code):
    with pytest.raises(InputError) as caught:
        plan_one([tmp_path], wish, AGENCY)
    assert caught.value.code == code


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        plan_one([tmp_path / "none"], Wish(), AGENCY)
    assert caught.value.code == "NOT_FOUND"


def test_each_folder_is_a_dossier_of_its_own(tmp_path):
    for name in ("b", "a", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "loose.jpg").write_bytes(b"x")
    assert [plan.opening.title for plan in plan_each([tmp_path], Wish(), AGENCY)] == ["a", "b"]


def test_each_needs_at_least_one_folder(tmp_path):
    with pytest.raises(InputError):
        plan_each([tmp_path], Wish(), AGENCY)
