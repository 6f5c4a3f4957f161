"""What becomes of a message that no worker can use: it goes to the broker's dead letters, for a person."""

from __future__ import annotations

from typing import Any

import dramatiq


class DeadLetters(dramatiq.Middleware):
    """The only middleware of our brokers.

    Dramatiq's own are left out on purpose: ``Retries``, ``AgeLimit`` and ``TimeLimit`` would decide beside
    the records, which count starts and pauses (``workers/retries.py``); ``Results``, ``Callbacks`` and
    ``Pipelines`` carry data, our messages carry ids; ``ShutdownNotifications`` raises inside work that our
    drain lets finish. The actor raises only for a message that it cannot understand.
    """

    def after_process_message(
        self,
        broker: dramatiq.Broker,  # noqa: ARG002 - dramatiq calls it so
        message: dramatiq.MessageProxy,
        *,
        result: Any = None,  # noqa: ARG002
        exception: BaseException | None = None,
    ) -> None:
        """Rejects a message whose actor raised."""
        if exception is not None:
            message.fail()
