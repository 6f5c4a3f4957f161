"""Which addresses may be called: only those of the list, never inner networks by a back door (S29)."""

from __future__ import annotations

import socket

import pytest

from dossiers.errors import ConfigurationError, InputError, ResourceError
from storage.calls.allowed import AllowedHosts

PUBLIC = "203.0.114.7"


def allowed(*networks: str) -> AllowedHosts:
    return AllowedHosts.parse(["nghe.example.vn", "Cong.example.vn:8443", "10.1.2.3:9000"], networks)


def test_an_address_of_the_list_is_taken_apart() -> None:
    address = allowed().address("https://cong.example.vn:8443/a/b?c=d")
    assert (address.host, address.port, address.path) == ("cong.example.vn", 8443, "/a/b?c=d")
    assert allowed().address("https://NGHE.example.vn").path == "/"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.vn/",
        "https://nghe.example.vn:8443/",
        "https://cong.example.vn/",
        "https://nghe.example.vn.evil.test/",
        "https://nghe.example.vn@evil.test/",
        "https://user:x@nghe.example.vn/",
        "https://nghe.example.vn/#x",
        "https://nghe.example.vn\\@evil.test/",
        "https://nghe.example.vn/a b",
        "https://nghe.example.vn/\r\nX: y",
        "https://nghe.example.vn:99999/",
        "file:///etc/passwd",
        "gopher://nghe.example.vn/",
        "https://ngheｖ.example.vn/",
        "https://nghe.example.vn/" + "a" * 500,
        "",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="BAD_ADDRESS"):
        allowed().address(url)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
        "fd00::1",
    ],
)
def test_a_name_that_leads_into_an_inner_network_is_not_called(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    """The name server is the stranger here: what it says is put in its place."""
    hosts = allowed()
    address = hosts.address("https://nghe.example.vn/")
    for numbers in ([number], [PUBLIC, number]):
        monkeypatch.setattr(socket, "getaddrinfo", _saying(numbers))
        with pytest.raises(InputError, match="BAD_ADDRESS"):
            hosts.resolve(address)
    monkeypatch.setattr(socket, "getaddrinfo", _saying([PUBLIC]))
    assert hosts.resolve(address) == (PUBLIC,)


def test_a_listed_inner_network_is_called_and_plain_http_only_there() -> None:
    url = "http://10.1.2.3:9000/"
    assert allowed("10.1.0.0/16").resolve(allowed().address(url)) == ("10.1.2.3",)
    with pytest.raises(InputError, match="BAD_ADDRESS"):
        allowed("10.2.0.0/16").resolve(allowed().address(url))


def test_plain_http_never_goes_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = AllowedHosts.parse(["nghe.example.vn:80"], [])
    monkeypatch.setattr(socket, "getaddrinfo", _saying([PUBLIC]))
    with pytest.raises(InputError, match="BAD_ADDRESS"):
        hosts.resolve(hosts.address("http://nghe.example.vn/"))


def test_a_name_that_leads_nowhere_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ResourceError, match="CALL_FAILED"):
        allowed().resolve(allowed().address("https://nghe.example.vn/"))


def test_a_network_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="webhook_networks"):
        allowed("10.1.0.0/99")


def _saying(numbers: list[str]) -> object:
    def getaddrinfo(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (number, 443)) for number in numbers]

    return getaddrinfo
