"""The next task is found by an index over open tasks alone, however many were ever finished."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from storage.records.engine import make_engine
from storage.records.sqlite_store import open_sqlite

#: As the records ask for the best open task.
QUESTION = (
    "EXPLAIN QUERY PLAN SELECT * FROM tasks WHERE priority = 'counter' AND is_finished = 0"
    " ORDER BY turn, seq LIMIT 1"
)


def test_the_best_open_task_is_found_by_its_index(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    open_sqlite(path).close()
    engine = make_engine(path)
    with engine.begin() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(QUESTION)))
    engine.dispose()
    assert "ix_tasks_turn" in plan
    assert "TEMP B-TREE" not in plan
