"""The compose file: every name it uses is defined, every file it names is there, no secret is in it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from sohoa.cli.main import COMMANDS
from sohoa.settings import Settings, load_settings

DEPLOY = Path(__file__).parents[3] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("image") == "sohoa:local"]


def test_the_parts_of_an_office_are_there() -> None:
    assert {"postgres", "rabbitmq", "s3", "worker", "desk", "proxy"} <= SERVICES.keys()


@pytest.mark.parametrize("kind", ["secrets", "networks", "volumes"])
def test_whatever_a_service_names_is_defined_and_used(kind: str) -> None:
    used = {name for service in SERVICES.values() for name in _names(service.get(kind, []))}
    assert {name for name in used if not name.startswith("./")} == COMPOSE[kind].keys()


def test_services_wait_for_services_that_are_there() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= SERVICES.keys()
        for name, how in _waits(service):
            is_checked = "healthcheck" in SERVICES[name]
            assert how.get("condition") != "service_healthy" or is_checked


def test_every_file_of_ours_is_there_and_secrets_are_not() -> None:
    for service in SERVICES.values():
        for name in _names(service.get("volumes", [])):
            assert not name.startswith("./") or (DEPLOY / name).is_file()
    told = (DEPLOY / "secrets" / "README.md").read_text(encoding="utf-8")
    for each in COMPOSE["secrets"].values():
        assert f"`{Path(each['file']).name}`" in told
        assert Path(each["file"]).parts[0] == "secrets"


def test_every_image_is_made_here_of_files_that_are_there() -> None:
    for service in SERVICES.values():
        context = DEPLOY / service["build"]["context"]
        told = (context / service["build"]["dockerfile"]).read_text(encoding="utf-8")
        copied = re.findall(r"^COPY (\S+)", told, re.MULTILINE)
        assert copied
        assert all((context / each).exists() for each in copied)


def test_no_secret_and_nothing_made_here_goes_into_an_image() -> None:
    ignored = (DEPLOY.parent / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {"deploy/secrets", "deploy/.env", ".git", ".venv"} <= set(ignored)


@pytest.mark.parametrize("path", sorted(DEPLOY.rglob("start.sh")), ids=lambda path: path.parent.name)
def test_start_scripts_are_scripts(path: Path) -> None:
    shell = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("#!")
    assert subprocess.run([shell, "-n", str(path)], check=False, capture_output=True).returncode == 0


def test_no_password_is_written_down() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            is_secret = "PASS" in name or "@" in str(value)
            assert not is_secret or "${" in str(value) or name.endswith("_FILE")


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_no_rights_and_run_commands_that_there_are(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["command"][0] in COMMANDS
    assert "privileged" not in service


def test_a_worker_has_time_to_drain() -> None:
    drain = tomllib.loads((DEPLOY / "settings" / "servers.toml").read_text())["drain_seconds"]
    assert int(SERVICES["worker"]["stop_grace_period"].removesuffix("s")) >= drain + 15


@pytest.mark.parametrize("path", sorted((DEPLOY / "settings").glob("*.toml")), ids=lambda path: path.stem)
def test_settings_are_settings(path: Path, tmp_path: Path) -> None:
    settings = load_settings(file=path, environment={}, overrides={"data_dir": tmp_path})
    assert isinstance(settings, Settings)


def test_secrets_that_settings_name_are_handed_to_our_services() -> None:
    told = (DEPLOY / "settings" / "servers.toml").read_text(encoding="utf-8")
    named = set(re.findall(r"/run/secrets/(\w+)", told))
    assert named == set(SERVICES["worker"]["secrets"]) == set(SERVICES["desk"]["secrets"])


def test_images_hold_no_program_that_is_banned() -> None:
    for path in DEPLOY.rglob("Containerfile"):
        lines = path.read_text(encoding="utf-8").splitlines()
        told = "\n".join(line for line in lines if not line.startswith("#"))
        assert told.strip().startswith("FROM debian:12-slim")
        assert not re.search(r"ghostscript|imagemagick|curl[^\n|]*\| *(ba)?sh", told, re.IGNORECASE)


def _names(listed: list[str]) -> set[str]:
    """A mount is ``volume:path`` or ``./file:path``."""
    return {each.partition(":")[0] for each in listed}


def _waits(service: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    waits = service.get("depends_on", {})
    return list(waits.items()) if isinstance(waits, dict) else []
