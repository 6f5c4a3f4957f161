"""The hot folder: whole files alone, each once, nothing followed, and nothing lost on the way (C10, S15)."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dossiers.errors import ConfigurationError, InputCode, InputError, ResourceError
from scanners.driver import RawPage, Unreadable
from scanners.drivers.hot_folder.hot_folder import HotFolder
from scanners.drivers.hot_folder.settings import HotFolderSettings
from tests.integration.scanners.papers import document, picture

JPEG = picture("JPEG")
SETTINGS = HotFolderSettings(max_bytes=1_000_000)


@dataclass
class Desk:
    """A hot folder with a clock that we turn."""

    path: Path
    settings: HotFolderSettings = SETTINGS
    seconds: float = 0.0
    moment: datetime = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    opened: list[HotFolder] = field(default_factory=list)

    def open(self) -> HotFolder:
        folder = HotFolder(self.path, self.settings, clock=lambda: self.seconds, now=lambda: self.moment)
        self.opened.append(folder)
        return folder

    def ready(self, folder: HotFolder, wait: float = 5.0) -> list[RawPage | Unreadable]:
        """What is ready after so many seconds without a change."""
        early = list(folder.scan())
        self.seconds += wait
        return early + list(folder.scan())

    def put(self, name: str | bytes, content: bytes = JPEG) -> Path:
        target = self.path / (os.fsdecode(name) if isinstance(name, bytes) else name)
        target.write_bytes(content)
        return target

    def accepted(self) -> list[str]:
        return sorted(path.name for path in self.path.glob("Đã nhận/*/*"))

    def refused(self) -> list[str]:
        return sorted(path.name for path in self.path.glob("Bị từ chối/*"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "hot").mkdir()
    made = Desk(tmp_path / "hot")
    yield made
    for folder in made.opened:
        folder.close()


def _names(items: list[RawPage | Unreadable]) -> list[str]:
    return [item.name for item in items if isinstance(item, RawPage)]


def _reasons(items: list[RawPage | Unreadable]) -> list[tuple[str, InputCode]]:
    return [(item.name, item.reason) for item in items if isinstance(item, Unreadable)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", JPEG),
        ("a.png", picture("PNG")),
        ("a.tif", picture("TIFF", pages=2)),
        ("a.pdf", document(2)),
        ("a.pdf", document(2, linearize=True)),
        ("no extension", JPEG),
        ("wrong.pdf", JPEG),  # what that means is for intake to say
        ("letter.docx", b"PK\x03\x04 something"),  # likewise
    ],
)
def test_a_whole_file_is_taken_when_it_has_rested(desk, name, content):
    folder = desk.open()
    desk.put(name, content)
    assert desk.ready(folder, wait=4.9) == []
    desk.seconds += 0.2
    [page] = folder.scan()
    assert isinstance(page, RawPage)
    assert (page.name, page.content) == (name, content)


@pytest.mark.parametrize(
    "name",
    [
        "Tờ khai của bà Hoà.jpg",
        "a b  c.jpg",
        "-rf.jpg",
        "$(reboot).jpg",
        "a;b|c&d.jpg",
        "..hidden..jpg..jpg",
        "%s%n.jpg",
        "<script>.jpg",
        "=1+1.jpg",
        "line\nbreak.jpg",
        "\u202egpj.exe.jpg",
        "x" * 250 + ".jpg",
        "CON.jpg",
    ],
)
def test_odd_names_are_names_only(desk, name):
    if name.startswith("."):
        name = "_" + name
    folder = desk.open()
    desk.put(name)
    [page] = desk.ready(folder)
    assert isinstance(page, RawPage)
    folder.accept(page.sequence)
    assert len(desk.accepted()) == 1
    assert not (desk.path / name).exists()


def test_a_name_in_decomposed_letters_is_shown_composed(desk):
    folder = desk.open()
    desk.put("Hoà.jpg".encode().replace("à".encode(), "a\u0300".encode()))
    assert _names(desk.ready(folder)) == ["Hoà.jpg"]


def test_a_name_that_is_no_text_can_be_taken_and_moved(desk):
    folder = desk.open()
    desk.put(b"Nguy\xd4n.jpg")
    [page] = desk.ready(folder)
    assert page.name == "Nguy\ufffdn.jpg"
    folder.accept(page.sequence)
    [moved] = (desk.path / "Đã nhận" / "2026-11-28").iterdir()
    assert os.fsencode(moved.name) == b"Nguy\xd4n.jpg"


def test_a_file_that_grows_is_left_until_it_rests(desk):
    folder = desk.open()
    path = desk.put("a.jpg", JPEG[:100])
    for end in range(200, len(JPEG), 100):
        assert desk.ready(folder, wait=3.0) == []
        path.write_bytes(JPEG[:end])
    path.write_bytes(JPEG)
    [page] = desk.ready(folder)
    assert page.content == JPEG


def test_a_file_that_rests_without_its_end_waits_and_is_refused_in_the_end(desk):
    folder = desk.open()
    path = desk.put("a.jpg", JPEG[:-40])
    assert desk.ready(folder, wait=60.0) == []
    path.write_bytes(JPEG)  # the writer goes on after a minute
    assert _names(desk.ready(folder)) == ["a.jpg"]

    path.write_bytes(JPEG[:-40])
    assert desk.ready(folder, wait=599.0) == []
    desk.seconds += 1.0
    assert _reasons(list(folder.scan())) == [("a.jpg", InputCode.DAMAGED)]


def test_a_file_whose_room_was_made_before_its_content_waits(desk):
    folder = desk.open()
    desk.put("a.pdf", bytes(5000))
    assert desk.ready(folder, wait=60.0) == []


def test_an_empty_file_waits_and_is_refused_in_the_end(desk):
    folder = desk.open()
    desk.put("a.pdf", b"")
    assert desk.ready(folder, wait=60.0) == []
    desk.seconds += 540.0
    assert _reasons(list(folder.scan())) == [("a.pdf", InputCode.EMPTY)]


def test_a_file_that_is_too_large_is_refused_unread(desk):
    folder = desk.open()
    path = desk.put("a.jpg", b"\xff\xd8")
    os.truncate(path, 2_000_000)
    assert _reasons(desk.ready(folder)) == [("a.jpg", InputCode.LIMIT_EXCEEDED)]


def _link(desk: Desk) -> None:
    secret = desk.path.parent / "secret.jpg"
    secret.write_bytes(JPEG)
    (desk.path / "odd.jpg").symlink_to(secret)


def _dangling(desk: Desk) -> None:
    (desk.path / "odd.jpg").symlink_to("/nowhere")


def _hard_link(desk: Desk) -> None:
    secret = desk.path.parent / "secret.jpg"
    secret.write_bytes(JPEG)
    (desk.path / "odd.jpg").hardlink_to(secret)


def _fifo(desk: Desk) -> None:
    os.mkfifo(desk.path / "odd.jpg")


def _socket(desk: Desk) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        before = Path.cwd()
        os.chdir(desk.path)
        bound.bind("odd.jpg")
        os.chdir(before)


def _folder(desk: Desk) -> None:
    (desk.path / "odd.jpg").mkdir()
    (desk.path / "odd.jpg" / "inside.jpg").write_bytes(JPEG)


def _link_to_folder(desk: Desk) -> None:
    (desk.path / "odd.jpg").symlink_to(desk.path.parent)


@pytest.mark.parametrize("make", [_link, _dangling, _hard_link, _fifo, _socket, _folder, _link_to_folder])
def test_what_is_no_ordinary_file_is_refused_unopened_and_moved_as_it_is(desk, make: Callable[[Desk], None]):
    folder = desk.open()
    make(desk)
    [item] = desk.ready(folder)
    assert isinstance(item, Unreadable)
    assert item.reason is InputCode.NOT_A_FILE
    folder.refuse(item.sequence, InputError(item.reason))

    assert desk.refused() == ["odd.jpg", "odd.jpg.ly-do.txt"]
    assert list(folder.scan()) == []
    if (desk.path.parent / "secret.jpg").exists():
        assert (desk.path.parent / "secret.jpg").read_bytes() == JPEG


@pytest.mark.parametrize(
    "name",
    [".hidden.jpg", "a.jpg.part", "a.tmp", "~$a.pdf", "Thumbs.db", "desktop.ini", "a.pdf.filepart", "b.jpg~"],
)
def test_what_is_being_written_and_what_systems_leave_is_passed_over(desk, name):
    folder = desk.open()
    desk.put(name)
    assert desk.ready(folder, wait=3600.0) == []
    assert (desk.path / name).exists()


def test_a_name_of_a_writer_is_taken_when_it_becomes_the_final_one(desk):
    folder = desk.open()
    path = desk.put("a.jpg.part")
    desk.ready(folder, wait=60.0)
    path.rename(desk.path / "a.jpg")
    assert _names(desk.ready(folder)) == ["a.jpg"]


def test_folders_of_others_are_left_alone(desk):
    folder = desk.open()
    (desk.path / "của tôi").mkdir()
    (desk.path / "của tôi" / "a.jpg").write_bytes(JPEG)
    assert desk.ready(folder, wait=3600.0) == []
    assert (desk.path / "của tôi" / "a.jpg").exists()


def test_a_file_that_disappears_is_forgotten(desk):
    folder = desk.open()
    path = desk.put("a.jpg")
    list(folder.scan())
    path.unlink()
    desk.seconds += 60
    assert list(folder.scan()) == []


def test_a_file_that_disappears_after_it_was_yielded_is_no_error(desk):
    folder = desk.open()
    path = desk.put("a.jpg")
    [page] = desk.ready(folder)
    path.unlink()
    folder.accept(page.sequence)
    folder.accept(page.sequence)
    assert desk.accepted() == []


def test_a_file_that_is_replaced_while_its_page_is_made_durable_is_taken_anew(desk):
    folder = desk.open()
    path = desk.put("a.jpg")
    [page] = desk.ready(folder)
    other = picture("JPEG", shade=10)
    path.unlink()
    path.write_bytes(other)
    folder.accept(page.sequence)
    assert desk.accepted() == []
    [again] = desk.ready(folder)
    assert again.content == other


def test_what_was_not_acknowledged_comes_again_also_to_another_watcher(desk):
    folder = desk.open()
    desk.put("a.jpg")
    assert _names(desk.ready(folder)) == ["a.jpg"]
    assert _names(list(folder.scan())) == ["a.jpg"]
    folder.close()
    assert _names(desk.ready(desk.open())) == ["a.jpg"]


def test_accepted_files_lie_under_their_day_in_viet_nam_and_go_after_a_week(desk):
    folder = desk.open()
    for content in (JPEG, picture("JPEG", shade=90)):
        desk.put("a.jpg", content)
        [page] = desk.ready(folder)
        folder.accept(page.sequence)
    assert desk.accepted() == ["a (2).jpg", "a.jpg"]
    assert [path.name for path in desk.path.glob("Đã nhận/*")] == ["2026-11-28"]

    desk.moment += timedelta(days=7)
    list(folder.scan())
    assert len(desk.accepted()) == 2
    desk.moment += timedelta(days=1)
    list(folder.scan())
    assert desk.accepted() == []


def test_accepted_files_can_be_deleted_at_once(desk):
    desk.settings = HotFolderSettings(keep_days=0)
    folder = desk.open()
    desk.put("a.jpg")
    [page] = desk.ready(folder)
    folder.accept(page.sequence)
    assert [path.name for path in desk.path.iterdir()] == [".sohoa-lock"]


def test_a_refused_file_lies_beside_its_reason_in_vietnamese(desk):
    folder = desk.open()
    desk.put("tờ\nkhai.pdf", b"%PDF-1.4 not at all")
    desk.seconds += 1
    [item] = desk.ready(folder, wait=600.0)
    folder.refuse(item.sequence, InputError(InputCode.DAMAGED))

    assert desk.refused() == ["tờ\nkhai.pdf", "tờ\nkhai.pdf.ly-do.txt"]
    text = (desk.path / "Bị từ chối" / "tờ\nkhai.pdf.ly-do.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == "Tệp: tờ?khai.pdf"
    assert lines[1] == "Thời điểm: 28/11/2026 03:00"
    assert lines[2] == "Mã: DAMAGED"
    assert lines[3].startswith("Lý do: Tệp bị hỏng")
    assert lines[4].startswith("Cần làm: Quét lại")


def test_a_refused_file_stays_until_its_reason_is_written(desk, monkeypatch):
    """The disk is full in that moment; a look half a minute later does both, and others are not held up."""
    folder = desk.open()
    desk.put("a.jpg", b"")
    [item] = desk.ready(folder, wait=600.0)
    real = os.open

    def full(path, flags: int, *rest, **words) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, "full")
        return real(path, flags, *rest, **words)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", full)
        with pytest.raises(ResourceError):
            folder.refuse(item.sequence, InputError(InputCode.EMPTY))
    assert desk.refused() == []

    desk.put("b.jpg")
    assert [item.name for item in desk.ready(folder, wait=25.0)] == ["b.jpg"]
    assert _reasons(desk.ready(folder, wait=5.0)) == [("a.jpg", InputCode.EMPTY)]
    [item] = [each for each in folder.scan() if each.name == "a.jpg"]
    folder.refuse(item.sequence, InputError(InputCode.EMPTY))
    assert desk.refused() == ["a.jpg", "a.jpg.ly-do.txt"]


def test_a_reason_that_a_killed_refusal_left_is_written_anew(desk):
    folder = desk.open()
    desk.put("a.jpg", b"")
    (desk.path / "Bị từ chối").mkdir()
    (desk.path / "Bị từ chối" / "a.jpg.ly-do.txt").write_text("Tệp: a.j")
    [item] = desk.ready(folder, wait=600.0)
    folder.refuse(item.sequence, InputError(InputCode.EMPTY))
    assert desk.refused() == ["a.jpg", "a.jpg.ly-do.txt"]
    assert "EMPTY" in (desk.path / "Bị từ chối" / "a.jpg.ly-do.txt").read_text(encoding="utf-8")


def test_a_link_in_the_place_of_a_reason_is_not_followed(desk):
    outside = desk.path.parent / "outside"
    outside.write_text("kept")
    folder = desk.open()
    desk.put("a.jpg", b"")
    (desk.path / "Bị từ chối").mkdir()
    (desk.path / "Bị từ chối" / "a.jpg.ly-do.txt").symlink_to(outside)
    [item] = desk.ready(folder, wait=600.0)
    folder.refuse(item.sequence, InputError(InputCode.EMPTY))
    assert outside.read_text() == "kept"
    assert desk.refused() == ["a (2).jpg", "a (2).jpg.ly-do.txt", "a.jpg.ly-do.txt"]


def test_a_shelf_that_is_a_link_out_of_the_folder_is_not_used(desk):
    outside = desk.path.parent / "outside"
    outside.mkdir()
    (outside / "2020-01-01").mkdir()
    (desk.path / "Đã nhận").symlink_to(outside)
    folder = desk.open()
    desk.put("a.jpg")
    [page] = desk.ready(folder)
    with pytest.raises(ResourceError):
        folder.accept(page.sequence)
    assert [path.name for path in outside.iterdir()] == ["2020-01-01"]
    assert _names(desk.ready(folder, wait=30.0)) == ["a.jpg"]


def test_the_same_content_under_two_names_comes_twice(desk):
    folder = desk.open()
    desk.put("a.jpg")
    desk.put("b.jpg")
    assert sorted(_names(desk.ready(folder))) == ["a.jpg", "b.jpg"]


def test_files_come_in_the_order_in_which_they_arrived(desk):
    folder = desk.open()
    for second, name in enumerate(["c.jpg", "a.jpg", "b.jpg"]):
        os.utime(desk.put(name), ns=(0, 10**18 + second))
    assert _names(desk.ready(folder)) == ["c.jpg", "a.jpg", "b.jpg"]


def test_one_program_watches_a_folder_at_a_time(desk):
    desk.open()
    with pytest.raises(ConfigurationError) as refusal:
        HotFolder(desk.path)
    assert refusal.value.code == "FOLDER_IN_USE"
    with pytest.raises(ConfigurationError) as missing:
        HotFolder(desk.path / "none")
    assert missing.value.code == "FOLDER_MISSING"


def test_a_folder_that_goes_away_while_it_is_watched_yields_nothing(desk):
    folder = desk.open()
    desk.put("a.jpg")
    desk.path.rename(desk.path.parent / "moved")
    assert _names(desk.ready(folder)) == ["a.jpg"]  # the opened folder is still that one


def test_many_files_come_each_once(desk):
    folder = desk.open()
    for number in range(300):
        desk.put(f"{number:03}.jpg")
    items = desk.ready(folder)
    for item in items:
        folder.accept(item.sequence)
    assert len({item.name for item in items}) == 300
    assert len({item.sequence for item in items}) == 300
    assert list(folder.scan()) == []
    assert len(desk.accepted()) == 300


def test_watching_ends_when_the_folder_is_closed(desk):
    folder = HotFolder(desk.path, HotFolderSettings(stable_seconds=0.0))
    desk.put("a.jpg")
    got = []
    for item in folder.watch(pause_seconds=0.01):
        got.append(item.name)
        folder.accept(item.sequence)
        threading.Thread(target=folder.close).start()
    assert got == ["a.jpg"]
