"""Settings of one installation, from the command line, the environment and one file, in this order.

Every setting has a default that works on one machine without a server. An unknown or impossible setting is
refused by name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import ConfigurationError, InputError

#: Environment variables that are settings begin so: ``SOHOA_DATA_DIR``.
PREFIX: Final = "SOHOA_"
#: Agency identifier until one is configured; this one belongs to nobody.
UNCONFIGURED_AGENCY: Final = "Y00.000"


class Settings(BaseModel):
    """What can be set.

    Attributes:
        data_dir: where everything is kept; default ``$XDG_DATA_HOME/sohoa``.
        agency: identifier of the receiving agency, heads every dossier code.
        workers: pages read at a time, 1 to 64; default the number of processors.
        engine: name of the OCR engine, see ``sohoa doctor``.
        engine_options: options handed to the engine.
        classifier: name of the classifier.
        code_extractors: names of the readers of QR, MRZ and barcodes, in order.
        field_extractors: names of the readers of printed fields, in order.
        object_store: name of the object store.
        object_store_options: options handed to it; never a secret.
        plugins: names of installed distributions whose plugins may be used besides our own.
        language: language of messages for people.
        page_timeout_seconds: longest time for one page, 1 to 600 s.
        archive_picture: pictures in the PDF/A: ``original``, ``compact`` or ``layers``, the smallest.
        scanner: key of the counter's own scanner, ``<driver>:<device>``; empty: the only one found.
        scanner_options: options handed to a driver of scanners, by its name.
        scan_profile: name of the usual scanning profile.
        counter: name of this counter, for profiles that only some counters may use.
        spool_dir: where scanned pages wait until the centre has them, on a disk of this machine; default
            ``spool`` in ``data_dir``.
        second_check: codes of procedures whose papers two people confirm; ``all`` for every one.
        pages_per_child: pages after which a child process is renewed, 1 to 100,000.
        unsafe_sandbox: whether to read files even where the kernel cannot confine the process that does.
        records_url: database of the records, ``postgresql://…``; empty: a file in the data folder.
        broker_url: where other processes are told of due work: ``redis://…`` or ``amqp://…``; empty: every
            process looks itself.
        lease_seconds: a page whose worker was not heard of for so long is read by another, 2 to 600 s.
        ring_again_seconds: what a broker was told and nobody took is told again, 1 to 15 s.
        drain_seconds: how long a worker that is to end may finish what it is at, 0 to 600 s.
        number_key_file: key of the blind index of personal numbers; default ``keys/number-index.key`` in the
            data folder.
        webhook_hosts: hosts that programs may have called, ``name`` or ``name:port``; empty: none.
        webhook_networks: inner networks that they may lie in, such as ``10.1.0.0/16``; plain http only there.
        webhook_key_file: key that calls are signed with; default ``keys/webhooks.key`` in the data folder;
            on several machines the same for all.
        national_url: gateway to the national databases; empty: answers recorded for training.
        national_token_file: file with the gateway's bearer token.
        national_timeout_seconds: longest time for one question to it, 0.1 to 60 s.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Path
    agency: str = UNCONFIGURED_AGENCY
    workers: int = Field(ge=1, le=64)
    engine: str = "tesseract"
    engine_options: dict[str, str] = Field(default_factory=dict)
    classifier: str = "combined"
    code_extractors: tuple[str, ...] = ("codes",)
    field_extractors: tuple[str, ...] = ("labels",)
    object_store: str = "filesystem"
    object_store_options: dict[str, str] = Field(default_factory=dict)
    plugins: tuple[str, ...] = ()
    language: Literal["vi", "en"] = "vi"
    archive_picture: Literal["original", "compact", "layers"] = "compact"
    page_timeout_seconds: float = Field(default=120.0, ge=1, le=600)
    scanner: str = ""
    scanner_options: dict[str, dict[str, str]] = Field(default_factory=dict)
    scan_profile: str = "duplex-300"
    counter: str = ""
    second_check: tuple[str, ...] = ()
    spool_dir: Path | None = None
    pages_per_child: int = Field(default=200, ge=1, le=100_000)
    unsafe_sandbox: bool = False
    records_url: str = ""
    broker_url: str = ""
    lease_seconds: float = Field(default=20.0, ge=2, le=600)
    ring_again_seconds: float = Field(default=10.0, ge=1, le=15)
    drain_seconds: float = Field(default=30.0, ge=0, le=600)
    number_key_file: Path | None = None
    webhook_hosts: tuple[str, ...] = ()
    webhook_networks: tuple[str, ...] = ()
    webhook_key_file: Path | None = None
    national_url: str = ""
    national_token_file: Path | None = None
    national_timeout_seconds: float = Field(default=3.0, ge=0.1, le=60)

    @field_validator("agency")
    @classmethod
    def _is_an_agency(cls, text: str) -> str:
        try:
            return str(AgencyCode.parse(text))
        except InputError as error:
            raise ValueError(error.en) from error


def load_settings(
    *, file: Path | None, environment: Mapping[str, str], overrides: Mapping[str, object]
) -> Settings:
    """Gathers the settings.

    Args:
        file: a TOML file, or ``None`` for ``$XDG_CONFIG_HOME/sohoa/sohoa.toml`` if there is one.
        environment: usually ``os.environ``.
        overrides: what the command line says; ``None`` values do not count.

    Raises:
        ConfigurationError: a setting is unknown or impossible, or the file cannot be read.
    """
    values: dict[str, object] = {
        "data_dir": _home(environment, "XDG_DATA_HOME", ".local/share"),
        "workers": len(os.sched_getaffinity(0)),
    }
    values |= _from_file(file, environment)
    values |= {
        name.removeprefix(PREFIX).lower(): _split(name, text)
        for name, text in environment.items()
        if name.startswith(PREFIX)
    }
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise _configuration_error(f"{name}: {first['msg']}") from error
    return settings.model_copy(update={"data_dir": settings.data_dir.expanduser().absolute()})


def _from_file(file: Path | None, environment: Mapping[str, str]) -> dict[str, object]:
    path = file or _home(environment, "XDG_CONFIG_HOME", ".config") / "sohoa.toml"
    if file is None and not path.exists():
        return {}
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _configuration_error(f"the settings file {path.name} cannot be read") from error


def _home(environment: Mapping[str, str], variable: str, default: str) -> Path:
    base = environment.get(variable)
    return (Path(base) if base else Path.home() / default) / "sohoa"


def _split(name: str, text: str) -> object:
    listed = (
        "PLUGINS",
        "SECOND_CHECK",
        "CODE_EXTRACTORS",
        "FIELD_EXTRACTORS",
        "WEBHOOK_HOSTS",
        "WEBHOOK_NETWORKS",
    )
    return text.split(",") if name.removeprefix(PREFIX) in listed else text


def _configuration_error(detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_SETTING",
        vi="Cấu hình không hợp lệ; hãy sửa thiết lập được nêu tên.",
        en=f"a setting is not valid: {detail}",
        hint=detail,
    )
