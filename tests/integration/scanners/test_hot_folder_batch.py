"""``sohoa batch --folder``: from a dropped file to dossiers, each page once, killed or not."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from dossiers.dossier import Dossier
from dossiers.errors import ConfigurationError, ResourceError
from dossiers.page import Page
from scanners.separators.grammar import SheetKind, sheet_text
from scanners.separators.printing import PrintedSheet, sheets_pdf
from sohoa.cli.main import sohoa
from storage.records.sqlite_store import open_sqlite
from tests.integration.scanners.papers import document, picture

NEXT = sheet_text(SheetKind.NEXT)
PROCEDURE = sheet_text(SheetKind.PROCEDURE, "1.001193")
CHILD = Path(__file__).parents[2] / "faults" / "folder_child.py"


@dataclass(frozen=True)
class Office:
    """An installation with one hot folder, named ``mot-cua``."""

    data: Path
    drop: Path

    def describe(self, **more: object) -> None:
        lines = [f"{key} = {json.dumps(value)}" for key, value in more.items()]
        text = f'[mot-cua]\npath = "{self.drop}"\nstable_seconds = 0\npatience_seconds = 0\n' + "\n".join(
            lines
        )
        (self.data / "hot-folders.toml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        given = ["--data-dir", str(self.data), "batch", "--folder", "mot-cua", "--no-read", *arguments]
        return CliRunner().invoke(sohoa, given)

    def told(self) -> dict:
        return json.loads(self.run("--json").stdout)

    def dossiers(self) -> list[tuple[Dossier, list[Page], list[Page]]]:
        """Every dossier with its papers and what is set aside."""
        records = open_sqlite(self.data / "records.sqlite3")
        with records.transaction() as work:
            codes = (f"H29.119-{day}-{number:04d}" for day in self._days() for number in range(1, 9))
            found = [each for code in codes if (each := work.dossiers.by_code(code)) is not None]
            told = [
                (each, list(work.pages.of_dossier(each.dossier_id)), list(work.pages.aside(each.dossier_id)))
                for each in found
            ]
            assert sum(work.pages.counts().values()) == sum(len(p) + len(a) for _, p, a in told)
        records.close()
        return told

    def _days(self) -> set[str]:
        """Days on which the test ran: midnight may pass."""
        names = [path.name for path in self.drop.glob("Đã nhận/*")]
        return {name[2:].replace("-", "") for name in names}

    def accepted(self) -> list[str]:
        return sorted(path.name for path in self.drop.glob("Đã nhận/*/*"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(data=tmp_path / "data", drop=tmp_path / "drop")
    made.data.mkdir()
    made.drop.mkdir()
    made.describe(procedure="1.001193", agency="H29.119")
    return made


def stack(*pages: str) -> bytes:
    """A PDF: ``paper`` is an empty page, anything else a separator sheet with this code."""
    made, parts = io.BytesIO(), []
    for each in pages:
        printed = PrintedSheet(code=each, title="Tờ phân cách", kind="", value="")
        content = document() if each == "paper" else sheets_pdf([printed], "t")
        parts.append(pikepdf.open(io.BytesIO(content)))
    with pikepdf.new() as pdf:
        for part in parts:
            pdf.pages.extend(part.pages)
        pdf.save(made)
    return made.getvalue()


def test_every_file_becomes_a_dossier_of_the_procedure_and_branch_of_its_folder(office: Office) -> None:
    (office.drop / "a.pdf").write_bytes(document(pages=3))
    (office.drop / "b.jpg").write_bytes(picture("JPEG"))
    told = office.told()
    assert (told["accepted"], told["refused"]) == (2, [])
    found = office.dossiers()
    assert sorted(len(pages) for _, pages, _ in found) == [1, 3]
    assert {each.procedure_code for each, _, _ in found} == {"1.001193"}
    assert sorted(each.code for each, _, _ in found) == sorted(told["dossiers"])
    assert office.accepted() == ["a.pdf", "b.jpg"]


def test_a_refused_file_opens_no_dossier_and_lies_aside_with_its_reason(office: Office) -> None:
    (office.drop / "x.pdf").write_bytes(b"%PDF-1.7 nothing\n%%EOF\n")
    (office.drop / "b.jpg").write_bytes(picture("JPEG"))
    result = office.run("--json")
    assert result.exit_code == 4
    told = json.loads(result.stdout)
    assert [each["name"] for each in told["refused"]] == ["x.pdf"]
    assert len(told["dossiers"]) == len(office.dossiers()) == 1
    reason = next(office.drop.glob("Bị từ chối/*.txt")).read_text(encoding="utf-8")
    assert told["refused"][0]["code"] in reason
    assert "Cần làm:" in reason


def test_a_batch_is_one_dossier_and_the_next_run_begins_another(office: Office) -> None:
    office.describe(agency="H29.119", dossier="batch", title="Thùng 7")
    for number, shade in enumerate((10, 90, 170)):
        (office.drop / f"{number}.jpg").write_bytes(picture("JPEG", shade))
    assert len(office.told()["dossiers"]) == 1
    (office.drop / "next.jpg").write_bytes(picture("JPEG", 220))
    office.told()
    assert [len(pages) for _, pages, _ in office.dossiers()] == [3, 1]
    assert {each.title for each, _, _ in office.dossiers()} == {"Thùng 7"}


def test_a_page_that_cannot_leave_its_place_keeps_its_batch_open_and_comes_once(office: Office) -> None:
    office.describe(agency="H29.119", dossier="batch")
    (office.drop / "a.jpg").write_bytes(picture("JPEG", 10))
    (office.drop / "Đã nhận").write_text("a file where the folder of accepted ones should be")
    result = office.run("--json")
    assert result.exit_code == ResourceError.exit_code
    assert json.loads(result.stdout)["stays"] == ["a.jpg"]
    (office.drop / "Đã nhận").unlink()
    assert office.told()["accepted"] == 1
    assert [len(pages) for _, pages, _ in office.dossiers()] == [1]


def test_separator_sheets_cut_a_file_into_dossiers(office: Office) -> None:
    office.describe(agency="H29.119", separators=True)
    content = stack(NEXT, "paper", "paper", PROCEDURE, "paper")
    (office.drop / "box.pdf").write_bytes(content)
    assert office.told()["accepted"] == 1
    first, second = office.dossiers()
    assert [page.index for page in first[1]] == [1, 2]
    assert [page.index for page in second[1]] == [4]
    assert [page.index for page in (*first[2], *second[2])] == [0, 3]
    assert second[0].procedure_code == "1.001193"
    assert {page.original_key for page in (*first[1], *second[1])} == {first[1][0].original_key}


@pytest.mark.parametrize("where", ["accept", "2"])
def test_killed_before_the_file_leaves_its_place_nothing_is_lost_or_doubled(
    office: Office, where: str
) -> None:
    office.describe(agency="H29.119", separators=True)
    content = stack("paper", NEXT, "paper", "paper")
    (office.drop / "box.pdf").write_bytes(content)
    child = subprocess.run([sys.executable, str(CHILD), where, str(office.data)], check=False, timeout=120)
    assert child.returncode == -signal.SIGKILL
    assert (office.drop / "box.pdf").exists()
    assert office.told()["accepted"] == 1
    first, second = office.dossiers()
    assert [page.index for page in first[1]] == [0]
    assert [page.index for page in second[1]] == [2, 3]
    assert [page.index for page in (*first[2], *second[2])] == [1]
    assert not list((office.data / "hot-folders").iterdir())


def test_a_batch_that_was_killed_goes_on_in_the_same_dossier(office: Office) -> None:
    office.describe(agency="H29.119", dossier="batch")
    for number, shade in enumerate((10, 90)):
        (office.drop / f"{number}.jpg").write_bytes(picture("JPEG", shade))
    child = subprocess.run([sys.executable, str(CHILD), "2", str(office.data)], check=False, timeout=120)
    assert child.returncode == -signal.SIGKILL
    office.told()
    assert [len(pages) for _, pages, _ in office.dossiers()] == [2]


def test_a_folder_that_nobody_described_is_told(office: Office) -> None:
    (office.data / "hot-folders.toml").unlink()
    assert isinstance(office.run().exception, ConfigurationError)
    assert office.run("--procedure", "1.001193").exit_code == 2
