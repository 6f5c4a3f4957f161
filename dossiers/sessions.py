"""Sessions, tokens of programs and failed sign-ins: what is kept of them, and how long they last.

Rules: a secret is 256 random bits and only its hash is kept (S7), so that a copy of the records opens
nothing. A session ends 15 minutes after its last use and 10 hours after its start, whichever comes first.
Ten failures in a row delay the next try, longer each time and never for ever (S6).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from dossiers.permissions import Permission

#: A session that is not used for so long is over.
IDLE: Final = timedelta(minutes=15)
#: A session is over after so long, used or not.
ABSOLUTE: Final = timedelta(hours=10)
#: The last use is written when it is older than this: not every look writes to the records.
TOUCH_EVERY: Final = timedelta(seconds=20)
#: Bytes of a secret from the system's random source.
SECRET_BYTES: Final = 32
#: Failures in a row that cost nothing but the try itself.
FREE_FAILURES: Final = 10
#: Failures from one address, whatever the names: many people share an office's address.
FREE_FAILURES_OF_ADDRESS: Final = 60
#: The first delay; it doubles with every further failure.
FIRST_DELAY: Final = timedelta(seconds=5)
LONGEST_DELAY: Final = timedelta(minutes=15)
#: Failures are forgotten after so long without another.
FORGOTTEN_AFTER: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in of a person.

    Attributes:
        token_hash: SHA-256 of the secret in the person's browser.
        account_id: whose it is.
        started_at: UTC.
        used_at: last use as written, UTC; lags behind by ``TOUCH_EVERY`` at most.
        confirmed_at: when the password was last given, UTC.
    """

    token_hash: str
    account_id: str
    started_at: datetime
    used_at: datetime
    confirmed_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended; one from the future has, too: the clock was set back."""
        idle, age = now - self.used_at, now - self.started_at
        return idle >= IDLE or age >= ABSOLUTE or age < -IDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A program's key to the interface.

    Attributes:
        token_id: stable id, may be shown.
        token_hash: SHA-256 of the secret.
        account_id: in whose name the program acts.
        label: what it is for, as its owner named it.
        scopes: rights that it may use, as far as the account has them.
        made_at: UTC.
        expires_at: UTC.
        revoked_at: UTC; ``None`` while it stands.
    """

    token_id: str
    token_hash: str
    account_id: str
    label: str
    scopes: frozenset[Permission]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it may no longer be used."""
        return self.revoked_at is not None or now >= self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTries:
    """Failed sign-ins in a row under one name or from one address, whether there is such an account or not.

    Attributes:
        key: hash of the name or address.
        count: failures in a row, tries that still run among them.
        last_at: the last one, UTC.
    """

    key: str
    count: int
    last_at: datetime

    def wait(self, now: datetime, free: int = FREE_FAILURES) -> timedelta:
        """How long the next try must wait; zero where it need not."""
        if self.count < free or now - self.last_at >= FORGOTTEN_AFTER:
            return timedelta()
        doublings = min(self.count - free, 16)
        delay = min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)
        return min(max(self.last_at + delay - now, timedelta()), delay)

    def failed_again(self, now: datetime) -> FailedTries:
        """One more."""
        count = 1 if now - self.last_at >= FORGOTTEN_AFTER else self.count + 1
        return replace(self, count=count, last_at=now)


def new_secret() -> str:
    """A new secret of 256 random bits, fit for a cookie or a header."""
    return secrets.token_urlsafe(SECRET_BYTES)


def secret_hash(secret: str) -> str:
    """What is kept of a secret. One round is enough: nobody can try out 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tries_key(kind: str, text: str) -> str:
    """Key of the failures under a name (``name``) or from an address (``address``)."""
    return hashlib.sha256(f"{kind}\x1f{text}".encode()).hexdigest()
