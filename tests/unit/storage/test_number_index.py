"""The blind index: keyed, kept apart from the records, renewed without losing anybody."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dossiers.citizens import HolderNumber
from dossiers.consent import Purpose
from dossiers.errors import ConfigurationError, ResourceError
from dossiers.testing import FixedClock
from dossiers.vault import Vault
from storage.keys.number_index import open_number_index, renew_key
from storage.records.sqlite_store import open_sqlite

NUMBER = HolderNumber.parse("003195500150")
CLOCK = FixedClock(datetime(2026, 11, 27, 3, 0, tzinfo=UTC))


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "number-index.key"
    first = open_number_index(path).of(NUMBER)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert open_number_index(path).of(NUMBER) == first
    assert len(first) == 64
    assert open_number_index(tmp_path / "other.key").of(NUMBER) != first


def test_equal_digits_of_different_meaning_have_different_entries(tmp_path: Path) -> None:
    index = open_number_index(tmp_path / "k")
    entries = {
        index.of(NUMBER),
        index.of_paper("cccd_front", NUMBER.text),
        index.of_paper("gcn_qsdd", NUMBER.text),
        index.of(HolderNumber.parse("003195500151")),
    }
    assert len(entries) == 4
    assert index.of_paper("gcn_qsdd", "AB 123456") == index.of_paper("gcn_qsdd", "ab.123456")


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "k"
    open_number_index(path)
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="KEY_EXPOSED"):
        open_number_index(path)


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31, "kein Schlüssel"])
def test_a_damaged_key_is_never_replaced_in_silence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "k"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises((ConfigurationError, ResourceError), match="KEY_"):
        open_number_index(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_renewed_key_finds_everybody_and_moves_them_when_they_are_looked_up(tmp_path: Path) -> None:
    path, records = tmp_path / "k", open_sqlite(tmp_path / "records.sqlite3")
    vault = Vault(records=records, index=open_number_index(path), clock=CLOCK)
    vault.consent(NUMBER, [Purpose.KEEP], "B")
    former = open_number_index(path).of(NUMBER)
    assert renew_key(path) == 2
    renewed = open_number_index(path)
    assert renewed.entries(NUMBER)[1] == former != renewed.of(NUMBER)
    assert Vault(records=records, index=renewed, clock=CLOCK).show(NUMBER, "B").consents == {Purpose.KEEP}
    with records.transaction() as work:
        assert work.holders.find([former]) is None
        assert work.holders.find([renewed.of(NUMBER)]) is not None
    records.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_number_is_nowhere_in_the_tables_of_people(tmp_path: Path) -> None:
    database = tmp_path / "records.sqlite3"
    records = open_sqlite(database)
    vault = Vault(records=records, index=open_number_index(tmp_path / "k"), clock=CLOCK)
    vault.consent(NUMBER, [Purpose.KEEP], "B")
    vault.merge(NUMBER, HolderNumber.parse("012345678"), "B", "CMND cũ")
    vault.show(NUMBER, "B")
    records.close()
    with sqlite3.connect(database) as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert "003195500150" not in dump
    assert "012345678" not in dump
    assert open_number_index(tmp_path / "k").of(NUMBER) in dump
    assert (tmp_path / "k").read_text(encoding="ascii").strip() not in dump
