"""Calls to programs wired from an application."""

from __future__ import annotations

from dossiers.webhook_desk import WebhookDesk
from sohoa.bootstrap import Application
from sohoa.clock import utc_now
from sohoa.settings import Settings
from storage.calls.allowed import AllowedHosts
from storage.calls.http_messenger import HttpMessenger
from storage.keys.webhook_keys import KEY_FILE, FileWebhookKeys
from workers.courier import Courier
from workers.ticker import Ticker

#: How often due calls are looked for, seconds.
_SECONDS = 2.0


def make_webhook_desk(application: Application) -> WebhookDesk:
    """What programs do with the addresses that are called."""
    settings = application.settings
    return WebhookDesk(
        records=application.records,
        messenger=_messenger(settings),
        keys=_keys(settings),
        clock=utc_now,
    )


def make_courier(application: Application) -> Courier:
    """Makes due calls."""
    settings = application.settings
    return Courier(
        records=application.records,
        messenger=_messenger(settings),
        keys=_keys(settings),
        clock=utc_now,
        inherited=application.inherited,
    )


def courier_ticker(application: Application) -> Ticker | None:
    """The thread that makes due calls, not started; ``None`` where the settings allow no host."""
    if not application.settings.webhook_hosts:
        return None
    return Ticker("courier", make_courier(application).step, _SECONDS)


def _messenger(settings: Settings) -> HttpMessenger:
    return HttpMessenger(AllowedHosts.parse(settings.webhook_hosts, settings.webhook_networks))


def _keys(settings: Settings) -> FileWebhookKeys:
    return FileWebhookKeys(settings.webhook_key_file or settings.data_dir / KEY_FILE)
