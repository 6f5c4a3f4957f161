"""Set-up without the rights to install: the exact command is printed and the exit code says configuration."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SETUP = Path(__file__).parents[3] / "scripts" / "setup.sh"


def test_without_rights_the_apt_line_is_printed_and_the_exit_code_is_3(tmp_path):
    for tool in ("sh", "dirname", "grep", "python3"):
        (tmp_path / tool).symlink_to(
            Path(shutil.which(tool)).resolve() if tool != "python3" else shutil.which(tool)
        )
    for name, text in (("id", "echo 1000"), ("dpkg-query", "exit 1")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    ended = subprocess.run(
        [SETUP, "run"],
        env={"PATH": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert "apt-get update && apt-get install -y --no-install-recommends tesseract-ocr" in ended.stderr
    assert "tesseract-ocr-vie" in ended.stderr
    assert "ghostscript" not in ended.stderr
