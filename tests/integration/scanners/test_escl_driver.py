"""What is particular to eSCL: TLS, job addresses, late answers, documents that attack, discovery."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from zeroconf import ServiceInfo, Zeroconf

from dossiers.errors import ConfigurationError, DeviceCode, DeviceError
from scanners.driver import RawPage
from scanners.drivers.escl.driver import EsclDriver, make
from scanners.settings import ColourMode, ScanSettings, Source
from tests.escl_device.device import EsclDevice
from tests.integration.scanners.self_signed import SelfSigned, make_certificate

SETTINGS = ScanSettings(source=Source.FEEDER_DUPLEX, dpi=75)
QUICK = {"connect_seconds": "2", "first_seconds": "3", "stall_seconds": "1", "busy_seconds": "0.3"}


@pytest.fixture
def driver() -> EsclDriver:
    return make(QUICK)


@pytest.fixture
def device() -> Iterator[EsclDevice]:
    with EsclDevice(sheets=2) as running:
        yield running


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> SelfSigned:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def _scan(driver: EsclDriver, device: EsclDevice, settings: ScanSettings = SETTINGS) -> list[RawPage]:
    scanner = driver.open(device.url)
    try:
        return list(scanner.scan(settings))
    finally:
        scanner.close()


def _trouble(driver: EsclDriver, device: EsclDevice, settings: ScanSettings = SETTINGS) -> DeviceError:
    with pytest.raises(DeviceError) as trouble:
        _scan(driver, device, settings)
    return trouble.value


def test_pages_that_come_later_are_waited_for(driver, device):
    device.faults.later = 3
    assert len(_scan(driver, device)) == 4


def test_a_device_that_is_busy_for_a_moment_is_asked_again(driver, device):
    device.faults.busy = 1
    assert len(_scan(driver, device)) == 4


def test_a_device_that_stays_busy_is_busy(driver, device):
    device.faults.busy = 1000
    assert _trouble(driver, device).reason is DeviceCode.BUSY


def test_a_job_that_the_device_gives_up_is_no_end_of_the_paper(driver, device):
    device.faults.abort_at = 3
    trouble = _trouble(driver, device)
    assert (trouble.reason, trouble.sheet) == (DeviceCode.DRIVER_FAILED, 2)


def test_only_the_device_is_asked_whatever_host_its_job_names(driver, device):
    device.faults.foreign_location = True
    assert len(_scan(driver, device)) == 4


def test_every_job_is_deleted_when_it_is_over_and_when_it_is_left(driver, device):
    scanner = driver.open(device.url)
    stream = scanner.scan(SETTINGS)
    next(stream)
    stream.close()
    assert [job.state for job in device.jobs.values()] == ["Canceled"]
    rest = list(scanner.scan(SETTINGS))
    assert [request.split("/")[0] for request in device.requests].count("DELETE ") == 2
    assert len(rest) == 4  # the sheet whose back was not asked for is still in the feeder


def test_a_page_that_ends_early_without_a_sign_is_no_page(driver, device):
    device.faults.short_at = 2
    scanner = driver.open(device.url)
    stream = scanner.scan(SETTINGS)
    next(stream)
    with pytest.raises(DeviceError) as trouble:
        next(stream)
    assert trouble.value.reason is DeviceCode.OFFLINE


def test_a_device_that_delivers_whole_files_only_is_taken_as_it_is(driver):
    with EsclDevice(sheets=2, formats=("application/pdf",)) as device:
        pages = _scan(driver, device, ScanSettings(source=Source.FEEDER, dpi=75))
    assert [page.content[:5] for page in pages] == [b"%PDF-"] * 2
    assert [page.sheet for page in pages] == [None, None]


def test_black_and_white_is_not_asked_for_as_jpeg(driver, device):
    pages = _scan(driver, device, ScanSettings(source=Source.FEEDER, dpi=75, mode=ColourMode.BITONAL))
    assert all(page.content.startswith(b"%PDF") for page in pages)


@pytest.mark.parametrize("status", [401, 403])
def test_a_device_with_a_password_says_so(driver, device, status):
    device.faults.refuse_job = status
    trouble = _trouble(driver, device)
    assert trouble.reason is DeviceCode.DRIVER_FAILED
    assert "password" in trouble.hint


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>',
        b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><x/>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
        b"<x><unclosed></x>",
        b"",
        b"\xff\xfe\x00",
        b"<x>" * 10_000,
    ],
)
def test_documents_that_attack_are_refused(driver, device, document):
    device.faults.capabilities = document or b" "
    with pytest.raises(DeviceError) as trouble:
        driver.open(device.url)
    assert trouble.value.reason is DeviceCode.DRIVER_FAILED


def test_a_document_without_end_is_not_read_to_its_end(driver, device):
    device.faults.capabilities = b"<x>" + b" " * (2 * 1024 * 1024) + b"</x>"
    with pytest.raises(DeviceError) as trouble:
        driver.open(device.url)
    assert trouble.value.reason is DeviceCode.DRIVER_FAILED


def test_a_pinned_certificate_is_trusted_and_no_other_is(certificate):
    with EsclDevice(sheets=1, tls=certificate.context) as device:
        pinned = make({**QUICK, "certificates": f"127.0.0.1={certificate.fingerprint}"})
        assert len(_scan(pinned, device)) == 2
        device.feeder = [1]

        for options in (QUICK, {**QUICK, "certificates": f"127.0.0.1={'0' * 64}"}):
            with pytest.raises(ConfigurationError) as refusal:
                make(options).open(device.url)
            assert refusal.value.code == "CERTIFICATE_NOT_TRUSTED"
            assert f"127.0.0.1={certificate.fingerprint}" in refusal.value.hint
        assert device.requests.count("POST /eSCL/ScanJobs") == 1


def test_a_device_that_nobody_answers_for_is_offline(driver):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(DeviceError) as trouble:
        driver.open(f"http://127.0.0.1:{port}/eSCL")
    assert trouble.value.reason is DeviceCode.OFFLINE


@pytest.mark.parametrize(
    "address",
    [
        "ftp://192.0.2.1/eSCL",
        "192.0.2.1",
        "http:///eSCL",
        "http://user@192.0.2.1/eSCL",
        "http://192.0.2.1/eSCL?x=1",
        "http://192.0.2.1:99999/eSCL",
        "http://192.0.2.1/e SCL",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_of_a_device_is_refused(driver, address):
    with pytest.raises(ConfigurationError):
        driver.open(address)


@pytest.mark.parametrize(
    "options",
    [{"nosuch": "1"}, {"stall_seconds": "0"}, {"stall_seconds": "x"}, {"certificates": "192.0.2.1=12"}],
)
def test_options_that_nobody_knows_are_refused(options):
    with pytest.raises(ConfigurationError):
        make(options)


def test_devices_that_announce_themselves_are_found(device):
    announcer = Zeroconf(interfaces=["127.0.0.1"])
    try:
        for type_, port in (("_uscan._tcp.local.", device.port), ("_uscans._tcp.local.", 9443)):
            announcer.register_service(
                ServiceInfo(
                    type_,
                    f"Máy quét tầng 2.{type_}",
                    addresses=[socket.inet_aton("127.0.0.1")],
                    port=port,
                    properties={"rs": "eSCL", "ty": "Example MFP\x1b[31m", "UUID": "1"},
                    server="mfp.local.",
                )
            )
        found = make({"interface": "127.0.0.1"}).discover(3.0)
    finally:
        announcer.close()
    ours = {
        info.device: info.label
        for info in found
        if info.device.startswith(("http://127.0.0.1", "https://127"))
    }
    assert ours[device.url] == "Example MFP[31m"
    assert ours["https://127.0.0.1:9443/eSCL"] == "Example MFP[31m (HTTPS)"


def test_cancelling_from_another_thread_ends_the_wait_for_a_page(driver, device):
    device.faults.later = 10**6
    scanner = driver.open(device.url)
    stream = scanner.scan(SETTINGS)
    asked = threading.Event()
    _when(lambda: any("NextDocument" in each for each in device.requests), asked, scanner.cancel)
    assert list(stream) == []
    assert asked.is_set()


def _when(happened: Callable[[], bool], told: threading.Event, action: Callable[[], None]) -> None:
    def wait() -> None:
        while not happened():
            told.wait(0.01)
        told.set()
        action()

    threading.Thread(target=wait, daemon=True).start()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # zeroconf leaves a socket
def test_without_that_network_card_nothing_is_found():
    assert make({"interface": "192.0.2.200"}).discover(0.2) == ()
