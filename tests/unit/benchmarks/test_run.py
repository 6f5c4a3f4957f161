from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.document import marks
from benchmarks.run import main

SAMPLES = Path(__file__).parents[3] / "samples" / "data"


@pytest.mark.slow
def test_a_quick_run_reads_three_pages_and_writes_the_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("\n".join(marks("measured")) + "\n", encoding="utf-8")
    arguments = [
        "--quick",
        "--only",
        "sohoa",
        "--pages-from",
        str(SAMPLES),
        "--results",
        str(tmp_path / "kept"),
    ]

    assert main([*arguments, "--document", str(page)]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("3 pages in 1 dossiers from the folder data")
    assert "| 3 scanned pages | Sohoa |" in printed
    assert "- Sohoa: 0 of 3 pages failed." in printed
    assert printed.strip() in page.read_text(encoding="utf-8")
    assert len(list(tmp_path.glob("kept-last/sohoa/*/*.json"))) == 3


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    assert main(["--quick", "--only", "sohoa", "--pages-from", str(tmp_path)]) == 4
