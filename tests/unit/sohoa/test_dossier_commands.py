"""The counter on the command line, from opening to revoking."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from dossiers.errors import SohoaError
from sohoa.cli.main import sohoa

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_command(*words: str, code: str = "") -> Result:
        environment = {"SOHOA_DATA_DIR": str(tmp_path / "data"), "SOHOA_AGENCY": "H29.119"}
        result = CliRunner(env=environment).invoke(sohoa, ["--lang", "vi", *words])
        if code:
            assert isinstance(result.exception, SohoaError)
            assert result.exception.code == code
        elif result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_command


@pytest.fixture
def code(run: Run) -> str:
    words = ("--procedure", "1.004222", "--name", "Nguyễn Thị Hoà", "--citizen", "003190000001")
    return str(json.loads(run("dossier", "open", *words, "--json").stdout)["code"])


def _status(run: Run, code: str) -> dict[str, object]:
    found = json.loads(run("dossier", "status", code, "--json").stdout)
    assert isinstance(found, dict)
    return found


def _steps(status: dict[str, object]) -> Sequence[str]:
    steps = status["steps"]
    assert isinstance(steps, list)
    return [each["action"] for each in steps]


def test_item_23_a_receipt_waits_for_main_papers_unless_told_otherwise(
    run: Run, code: str, tmp_path: Path
) -> None:
    refused = run("dossier", "receipt", code, code="PAPERS_MISSING")
    assert isinstance(refused.exception, SohoaError)
    assert refused.exception.exit_code == 8
    assert "Tờ khai thay đổi thông tin cư trú" in refused.exception.vi
    assert _steps(_status(run, code)) == ["open"]

    printed = tmp_path / "receipt.pdf"
    run("dossier", "receipt", code, "--incomplete", "-o", str(printed))
    with pypdfium2.PdfDocument(printed) as document:
        text = document[0].get_textpage().get_text_range()
    assert f"Mã hồ sơ: {code}" in text
    assert "Tiếp nhận hồ sơ của: Nguyễn Thị Hoà" in text
    assert "CHƯA NỘP" in text
    assert _status(run, code)["state"] == "received"


def test_printing_a_receipt_again_starts_no_second_term(run: Run, code: str) -> None:
    run("dossier", "receipt", code, "--incomplete")
    before = _status(run, code)
    run("dossier", "receipt", code, "--incomplete")

    assert _status(run, code) == before


def test_a_dry_run_changes_nothing(run: Run, code: str) -> None:
    run("dossier", "receipt", code, "--incomplete")
    run("dossier", "result", code, "--name", "Kết quả")
    before = _status(run, code)
    told = run("dossier", "refuse", code, "--reason", "x", "--dry-run").stdout
    run("dossier", "move", "withdraw", code, "--dry-run")
    run("dossier", "revoke", f"{code}-KQ(1)", "--reason", "x", "--dry-run")

    assert "Không được tiếp nhận" in told
    assert _status(run, code) == before


def test_item_31_a_result_is_revoked_once_and_stays_to_be_seen(run: Run, code: str) -> None:
    recorded = json.loads(run("dossier", "result", code, "--name", "Thông báo", "--json").stdout)
    assert recorded["code"] == f"{code}-KQ(1)"
    run("dossier", "revoke", f"{code}-KQ1", "--reason", "Cấp sai")
    run("dossier", "revoke", f"{code}-KQ1", "--reason", "Cấp sai", code="RESULT_REVOKED")

    assert _status(run, code)["results"] == [{"code": f"{code}-KQ(1)", "revoked": True}]


def test_a_form_that_cannot_be_printed_leaves_the_case_as_it_was(run: Run, code: str, tmp_path: Path) -> None:
    run("dossier", "receipt", code, "--incomplete")
    (tmp_path / "data" / "forms").mkdir()
    (tmp_path / "data" / "forms" / "refusal.toml").write_text("broken", encoding="utf-8")
    run("dossier", "refuse", code, "--reason", "x", code="BAD_FORM")

    assert _status(run, code)["state"] == "received"


def test_status_tells_by_when_the_person_is_answered(run: Run, code: str) -> None:
    status = _status(run, code)

    assert isinstance(status["answer_due_at"], str)
    assert "Phải trả lời" in run("dossier", "status", code).stdout
    run("dossier", "receipt", code, "--incomplete")
    assert "Phải trả lời" not in run("dossier", "status", code).stdout


def test_opening_with_a_key_again_opens_nothing(run: Run) -> None:
    words = ("dossier", "open", "--procedure", "1.001193", "--name", "A", "--key", "ticket-7", "--json")
    first, again = (json.loads(run(*words).stdout) for _ in range(2))

    assert first == again


@pytest.mark.parametrize(
    "words",
    [
        ("--citizen", "003190000001", "--passport", "C1234567"),
        ("--bearer-citizen", "003190000001"),
    ],
)
def test_contradicting_options_are_refused(run: Run, words: tuple[str, ...]) -> None:
    result = run("dossier", "open", "--procedure", "1.001193", "--name", "A", *words)

    assert result.exit_code == 2


def test_the_whole_way_of_a_dossier(run: Run, code: str, tmp_path: Path) -> None:
    forms = {name: tmp_path / f"{name}.pdf" for name in ("ask", "stop", "slip", "label", "register", "sorry")}
    run("dossier", "receipt", code, "--incomplete")
    run("dossier", "supplement", code, "--item", "CT01", "--reason", "Chưa ký", "-o", str(forms["ask"]))
    run("dossier", "supplement", code, "--received")
    run("dossier", "supplement", code, "--item", "CT01", code="SUPPLEMENT_ASKED_BEFORE")
    run("dossier", "stop", code, "--reason", "Chờ Tòa án", "-o", str(forms["stop"]))
    run("dossier", "move", "continue", code)
    for day, trouble in (
        ("2099-12-26", "BAD_NEW_DAY"),
        ("2099-12-28", ""),
        ("2099-12-29", "REAPPOINTED_BEFORE"),
    ):
        words = ("--to", day, "--reason", "Xác minh", "-o", str(forms["sorry"]))
        run("dossier", "extend", code, *words, code=trouble)
    run("dossier", "move", "finish", code)
    run("dossier", "move", "return", code)
    run("dossier", "move", "return", code, code="ILLEGAL_MOVE")
    run("dossier", "slip", code, "-o", str(forms["slip"]))
    run("dossier", "label", code, "-o", str(forms["label"]))
    year = code.split("-")[1][:2]
    run(
        "dossier",
        "register",
        "--from",
        f"20{year}-01-01",
        "--to",
        f"20{year}-12-31",
        "-o",
        str(forms["register"]),
    )

    assert all(form.read_bytes().startswith(b"%PDF") for form in forms.values())
    status = _status(run, code)
    assert status["state"] == "returned"
    assert status["standing"] == "early"
    assert status["code"] == code
    assert _steps(status)[-1] == "return"
