"""The folder driver: order as people count, ordinary files only, nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dossiers.errors import InputCode
from scanners.driver import RawPage, Unreadable
from scanners.folder import FolderSource


def _scan(*paths: Path, max_bytes: int = 1000):
    return list(FolderSource(paths, max_bytes).scan())


def test_files_come_in_the_order_people_count(tmp_path):
    for name in ("10.jpg", "2.jpg", "1.jpg", "B/1.png", "a/3.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    got = [item.content.decode() for item in _scan(tmp_path)]
    assert got == ["1.jpg", "2.jpg", "10.jpg", "a/3.png", "B/1.png"]


def test_hidden_files_and_the_description_are_no_papers(tmp_path):
    for name in (".DS_Store", "dossier.toml", "1.jpg", ".git/x.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert [item.name for item in _scan(tmp_path)] == ["1.jpg"]


def test_a_file_named_itself_is_never_passed_over(tmp_path):
    path = tmp_path / ".hidden.jpg"
    path.write_bytes(b"x")
    assert isinstance(_scan(path)[0], RawPage)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder-link"])
def test_links_and_pipes_are_told_and_never_opened(tmp_path, kind):
    folder = tmp_path / "in"
    folder.mkdir()
    outside = tmp_path / "secret.jpg"
    outside.write_bytes(b"secret")
    if kind == "link":
        (folder / "1.jpg").symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(folder / "1.jpg")
    else:
        (tmp_path / "other").mkdir()
        (folder / "1.jpg").symlink_to(tmp_path / "other")
    (folder / "2.jpg").write_bytes(b"good")
    items = _scan(folder)
    assert [type(item) for item in items if item.name == "1.jpg"] in ([Unreadable], [])
    assert all(item.content == b"good" for item in items if isinstance(item, RawPage))
    if kind != "folder-link":
        assert items[0].reason is InputCode.NOT_A_FILE


def test_a_file_that_is_too_large_is_told_without_reading_it(tmp_path):
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(5000)
    [item] = _scan(tmp_path, max_bytes=4999)
    assert isinstance(item, Unreadable)
    assert item.reason is InputCode.LIMIT_EXCEEDED


def test_a_file_that_vanished_is_told(tmp_path):
    [item] = _scan(tmp_path / "gone.jpg")
    assert item.reason is InputCode.NOT_FOUND


def test_it_knows_how_many_are_to_come(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(b"x")
    assert FolderSource([tmp_path], 10).expected() == 3


def test_a_name_that_is_no_utf_8_is_taken_and_shown_readably(tmp_path):
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/t\xea khai.jpg"))).write_bytes(b"x")
    [item] = _scan(tmp_path)
    assert isinstance(item, RawPage)
    assert item.name == "t\ufffd khai.jpg"
