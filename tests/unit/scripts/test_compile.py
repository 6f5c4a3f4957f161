"""After installing, what Python compiles is kept, whatever the environment says about writing it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "scripts" / "compile.py"


def test_everything_but_scripts_is_compiled() -> None:
    spec = importlib.util.spec_from_file_location("compile_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    names = set(script.modules())

    assert {
        "sohoa.page_child",
        "pipeline.confine",
        "reception",
        "storage.records.migrations.versions",
    } <= names
    assert not [name for name in names if name.endswith(("__main__", ".env"))]


def test_it_is_kept_where_the_environment_forbids_writing(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    package = tmp_path / "dossiers"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "paper.py").write_text("import an_extra_that_is_not_there\n")
    command = [sys.executable, "-S", str(tmp_path / "scripts" / "compile.py")]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(tmp_path)}

    subprocess.run(command, env=environment, check=True, timeout=60)

    kept = sorted(each.name.partition(".")[0] for each in package.rglob("*.pyc"))
    assert kept == ["__init__", "paper"]
