"""National databases over HTTP, as the shipped OpenAPI description has it.

Rules: whatever goes wrong is an answer with a cause, never an exception; no redirect is followed; no proxy
of the environment is used; anything but this machine is spoken to by TLS only; no number is logged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from dossiers.errors import ConfigurationError
from dossiers.national import NationalAnswer, NationalQuestion, NationalStatus
from storage.national.interface import MAX_BYTES, PATH, answer_from_json, question_to_json

ADAPTER: Final = "http/1"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_OK: Final = 200


class HttpRegister:
    """Implements ``dossiers.national.NationalRegister`` over HTTP.

    Args:
        url: base address, ``https://…``; ``http://`` for this machine only.
        token: the bearer token, or empty.
        timeout_seconds: longest time for one question.

    Raises:
        ConfigurationError: NATIONAL_ADDRESS, it is none; NATIONAL_NOT_SECURE; NATIONAL_UNAVAILABLE, the
            library httpx is not installed.
    """

    def __init__(self, url: str, token: str, timeout_seconds: float) -> None:
        parts = _parts(url)
        is_secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not is_secure or not parts.hostname:
            raise _not_secure()
        try:
            import httpx  # the extra `national`: only offices with a connection need it
        except ImportError as cause:
            raise _unavailable() from cause
        self._httpx = httpx
        self._client = httpx.Client(
            base_url=url,
            timeout=timeout_seconds,
            follow_redirects=False,
            trust_env=False,
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )

    def look_up(self, question: NationalQuestion) -> NationalAnswer:
        """Puts the question once; unreachable where no usable answer comes in time."""
        try:
            status, content = self._post(question)
        except self._httpx.TimeoutException:
            return _unreachable(question, "TIMEOUT")
        except (self._httpx.HTTPError, self._httpx.InvalidURL):
            return _unreachable(question, "NO_CONNECTION")
        if status != _OK:
            return _unreachable(question, f"HTTP_{status}")
        try:
            return answer_from_json(question.source, content, ADAPTER)
        except (ValueError, TypeError, KeyError):
            return _unreachable(question, "BAD_ANSWER")

    def close(self) -> None:
        """Frees connections."""
        self._client.close()

    def _post(self, question: NationalQuestion) -> tuple[int, bytes]:
        path = PATH.format(source=question.source.value)
        content = b""
        with self._client.stream("POST", path.lstrip("/"), json=question_to_json(question)) as response:
            for part in response.iter_bytes():
                content += part
                if len(content) > MAX_BYTES:
                    break
            return response.status_code, content[: MAX_BYTES + 1]


def read_token(path: Path | None) -> str:
    """The token in a file that only its owner may read; empty without a file.

    Raises:
        ConfigurationError: NATIONAL_TOKEN.
    """
    if path is None:
        return ""
    try:
        if path.stat().st_mode & 0o077:
            raise _bad_token("other users may read it")
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_token("it cannot be read") from cause


def _unreachable(question: NationalQuestion, cause: str) -> NationalAnswer:
    return NationalAnswer(
        source=question.source, status=NationalStatus.UNREACHABLE, adapter=ADAPTER, cause=cause
    )


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname  # a port that is no number is noticed here only
    except ValueError as cause:
        raise ConfigurationError(
            "NATIONAL_ADDRESS",
            vi="Địa chỉ cơ sở dữ liệu quốc gia viết sai; hãy sửa national_url.",
            en="the address of the national databases is none; mend national_url",
            hint="for example https://gateway.example:8443",
        ) from cause
    return parts


def _not_secure() -> ConfigurationError:
    return ConfigurationError(
        "NATIONAL_NOT_SECURE",
        vi="Địa chỉ cơ sở dữ liệu quốc gia phải dùng https.",
        en="national databases on other machines are asked by https only",
        hint="set national_url to an https address",
    )


def _unavailable() -> ConfigurationError:
    return ConfigurationError(
        "NATIONAL_UNAVAILABLE",
        vi="Thiếu thư viện httpx để kết nối cơ sở dữ liệu quốc gia.",
        en="the library httpx is missing",
        hint="install sohoa[national]",
    )


def _bad_token(what: str) -> ConfigurationError:
    return ConfigurationError(
        "NATIONAL_TOKEN",
        vi="Tệp mã truy cập cơ sở dữ liệu quốc gia không dùng được.",
        en=f"the token file of the national databases cannot be used: {what}",
        hint="chmod 600 the file",
    )
