"""Moving an office between places on this machine: who may be at work, what is told, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossiers.errors import ConfigurationError, IntegrityError, ResourceError
from sohoa.cli.main import sohoa
from sohoa.moving import Move
from sohoa.presence import MoveState, at_work, read_note
from sohoa.settings import Settings
from sohoa.stores import open_stores
from tests.servers.small_office import small_office


class Watcher:
    """Counts what it is told, and may interrupt."""

    def __init__(self, interrupt_at: int = 0) -> None:
        self.told = 0
        self._interrupt_at = interrupt_at

    def objects(self, kind: str, copied: int, compared: int) -> None:
        self._count()

    def rows(self, table: str, copied: int) -> None:
        self._count()

    def _count(self) -> None:
        self.told += 1
        if self.told == self._interrupt_at:
            raise KeyboardInterrupt


@pytest.fixture
def origin(tmp_path: Path) -> Settings:
    return small_office(tmp_path / "data", pages=3)


@pytest.fixture
def target(origin: Settings, tmp_path: Path) -> Settings:
    return origin.model_copy(update={"object_store_options": {"root": str(tmp_path / "elsewhere")}})


def test_a_move_copies_and_compares_every_object(origin: Settings, target: Settings) -> None:
    report = Move(origin, target).run(Watcher())
    assert {kind: each.count for kind, each in report.objects.items()} == {
        "originals": 3,
        "derivatives": 0,
        "quarantine": 1,
    }
    old, new = open_stores(origin), open_stores(target)
    assert list(new["originals"].keys()) == list(old["originals"].keys())
    with at_work(target):
        pass
    with pytest.raises(ConfigurationError) as refusal, at_work(origin):
        pass
    assert refusal.value.code == "OFFICE_MOVED"


def test_a_moved_office_is_not_moved_again(origin: Settings, target: Settings) -> None:
    Move(origin, target).run(Watcher())
    with pytest.raises(ConfigurationError) as refusal:
        Move(origin, target).run(Watcher())
    assert refusal.value.code == "BAD_MOVE"
    with pytest.raises(ConfigurationError):
        Move(origin, target).abandon()


def test_nobody_may_be_at_work_while_it_moves(origin: Settings, target: Settings) -> None:
    with at_work(origin), pytest.raises(ResourceError) as refusal:
        Move(origin, target).run(Watcher())
    assert refusal.value.code == "OFFICE_IN_USE"
    assert read_note(origin.data_dir) is None


@pytest.mark.parametrize("moment", [1, 3, 5, 8])
def test_an_interrupted_move_keeps_the_office_shut_and_goes_on(
    origin: Settings, target: Settings, moment: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        Move(origin, target).run(Watcher(interrupt_at=moment))
    for settings in (origin, target):
        with pytest.raises(ConfigurationError) as refusal, at_work(settings):
            pass
        assert refusal.value.code == "OFFICE_MOVING"
    assert Move(origin, target).run(Watcher()).objects["originals"].count == 3


def test_an_interrupted_move_may_be_given_up(origin: Settings, target: Settings) -> None:
    with pytest.raises(KeyboardInterrupt):
        Move(origin, target).run(Watcher(interrupt_at=2))
    Move(origin, target).abandon()
    with at_work(origin):
        assert len(list(open_stores(origin)["originals"].keys())) == 3


def test_another_move_is_refused_while_one_is_under_way(
    origin: Settings, target: Settings, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        Move(origin, target).run(Watcher(interrupt_at=2))
    other = origin.model_copy(update={"object_store_options": {"root": str(tmp_path / "third")}})
    with pytest.raises(ConfigurationError) as refusal:
        Move(origin, other).run(Watcher())
    assert refusal.value.code == "BAD_MOVE"


def test_a_damaged_object_stops_the_move(origin: Settings, target: Settings) -> None:
    key = next(open_stores(origin)["originals"].keys())
    path = origin.data_dir / "originals" / key[:2] / key[2:4] / key
    path.chmod(0o600)
    path.write_bytes(b"rotten")
    with pytest.raises(IntegrityError) as damage:
        Move(origin, target).run(Watcher())
    assert damage.value.code == "OBJECT_DAMAGED"
    note = read_note(origin.data_dir)
    assert note is not None
    assert note.state is MoveState.MOVING


def test_a_move_to_where_it_is_or_with_another_key_is_refused(origin: Settings, tmp_path: Path) -> None:
    for other in (origin, origin.model_copy(update={"number_key_file": tmp_path / "other.key"})):
        with pytest.raises(ConfigurationError) as refusal:
            Move(origin, other)
        assert refusal.value.code == "BAD_MOVE"


def test_the_command_rehearses_moves_and_reports(origin: Settings, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(f'[object_store_options]\nroot = "{tmp_path / "elsewhere"}"\n')
    call = ["--data-dir", str(origin.data_dir), "migrate-to", "--settings", str(file), "--json"]
    rehearsed = CliRunner().invoke(sohoa, [*call, "--dry-run"], catch_exceptions=False)
    assert not (tmp_path / "elsewhere").exists()
    done = CliRunner().invoke(sohoa, call, catch_exceptions=False)
    assert rehearsed.exit_code == done.exit_code == 0
    before, after = json.loads(rehearsed.stdout), json.loads(done.stdout)
    assert before["rehearsal"]
    assert not after["rehearsal"]
    assert before["objects"] == after["objects"]
