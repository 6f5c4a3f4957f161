"""Bad input at the command line: a code and a sentence in both languages each, the good files go on."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from dossiers.errors import InputCode, InputError
from tests.e2e.conftest import SAMPLES, run_sohoa

EXPECTED = {
    "notes.txt": "UNSUPPORTED_TYPE",
    "page.pdf": "TYPE_MISMATCH",
    "cut.jpg": "DAMAGED",
    "cut.pdf": "DAMAGED",
    "locked.pdf": "ENCRYPTED",
    "nothing.png": "EMPTY",
    "many.pdf": "LIMIT_EXCEEDED",
    "vast.png": "LIMIT_EXCEEDED",
    "link.jpg": "NOT_A_FILE",
}


def _good_page(folder: Path) -> Path:
    source = next(file for file in sorted(SAMPLES.rglob("*.jpg")) if "cccd" in file.name)
    with Image.open(source) as image:
        small = image.convert("L")
        small.save(folder / "good.jpg", dpi=(300, 300))
    return folder / "good.jpg"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _vast_png() -> bytes:
    header = struct.pack(">IIBBBBB", 20_000, 10_001, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", b"x") + _chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    good = _good_page(folder)
    (folder / "notes.txt").write_text("Ghi chú", encoding="utf-8")
    (folder / "page.pdf").write_text("<html><body>not a PDF</body></html>", encoding="utf-8")
    (folder / "cut.jpg").write_bytes(good.read_bytes()[:-2000])
    (folder / "nothing.png").write_bytes(b"")
    (folder / "vast.png").write_bytes(_vast_png())
    (folder / "link.jpg").symlink_to(good)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
        whole = folder / "whole.bin"
        pdf.save(whole)
        (folder / "cut.pdf").write_bytes(whole.read_bytes()[:200])
        whole.unlink()
    with pikepdf.new() as pdf:
        for _ in range(2001):
            pdf.add_blank_page(page_size=(100, 100))
        pdf.save(folder / "many.pdf")
    return folder


@pytest.fixture(scope="module")
def runs(mixed: Path, tmp_path_factory: pytest.TempPathFactory):
    data_dir = tmp_path_factory.mktemp("store")
    arguments = ["--data-dir", data_dir, "digitize", mixed, "--json", "--procedure", "1.004222"]
    return data_dir, [run_sohoa(*arguments) for _ in range(2)]


def test_each_bad_file_is_refused_with_its_code_and_the_run_is_partial(runs):
    _, [first, _] = runs
    assert first.returncode == 4
    [report] = json.loads(first.stdout)
    assert report["status"] == "PARTIAL"
    assert {refusal["name"]: refusal["code"] for refusal in report["refused"]} == EXPECTED


def test_each_refusal_is_told_in_both_languages_without_a_path(runs, mixed):
    _, [first, _] = runs
    for name, code in EXPECTED.items():
        error = InputError(InputCode(code))
        [line] = [each for each in first.stderr.splitlines() if f" {name}: {code}" in each]
        assert error.vi in line
        assert error.en in line
    assert str(mixed) not in first.stderr
    assert "Traceback" not in first.stderr


def test_the_good_file_is_digitized_all_the_same(runs):
    _, [first, _] = runs
    [report] = json.loads(first.stdout)
    [page] = report["pages"]
    assert page["file"] == "good.jpg"
    assert page["state"] in ("filed", "in_review")


def test_refused_bytes_are_kept_and_originals_are_not_mixed_with_them(runs, mixed):
    data_dir, _ = runs
    kept = {path.name for path in (data_dir / "quarantine").rglob("*") if path.is_file()}
    for name in ("notes.txt", "page.pdf", "cut.jpg", "locked.pdf"):
        assert hashlib.sha256((mixed / name).read_bytes()).hexdigest() in kept
    originals = [path for path in (data_dir / "originals").rglob("*") if path.is_file()]
    assert len(originals) == 1


def test_a_second_run_adds_nothing(runs):
    _, [first, second] = runs
    assert second.returncode == 4
    for page in (reports := [json.loads(run.stdout)[0] for run in (first, second)]):
        page.pop("opened_at")
    assert reports[0] == reports[1]


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["digitize", "no-such-folder"], "NOT_FOUND", 4),
        (["digitize", ".", "--procedure", "abc"], "BAD_PROCEDURE_CODE", 4),
        (["digitize", ".", "--citizen", "12345"], "BAD_PERSONAL_NUMBER", 4),
        (["show", "xyz"], "BAD_DOSSIER_CODE", 4),
        (["show", "H29.119-250701-0001"], "NOT_FOUND", 4),
        (["read", "no-such-file.pdf"], "NOT_FOUND", 4),
        (["read", "."], "NOT_A_FILE", 4),
        (["read", "README.md", "--engine", "nobody"], "UNSUPPORTED_TYPE", 4),
        (["--config", "none.toml", "doctor"], "BAD_SETTING", 3),
    ],
)
def test_wrong_calls_are_told_with_code_and_exit_code(tmp_path, arguments, code, exit_code):
    ended = run_sohoa("--data-dir", tmp_path / "data", *arguments)
    assert ended.returncode == exit_code
    assert code in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unknown_option_is_wrong_usage():
    assert run_sohoa("digitize", "--nonsense").returncode == 2


def test_a_missing_engine_stops_the_run_and_the_next_one_goes_on(tmp_path):
    page = _good_page(tmp_path)
    arguments = ["--data-dir", tmp_path / "data"]
    settings = tmp_path / "sohoa.toml"
    settings.write_text('engine = "nobody"\n', encoding="utf-8")
    ended = run_sohoa("--config", settings, *arguments, "digitize", page)
    assert ended.returncode == 3
    assert "PLUGIN_UNAVAILABLE" in ended.stderr
    [report] = json.loads(run_sohoa(*arguments, "digitize", page, "--json", check=True).stdout)
    assert report["status"] == "SUCCESS"
