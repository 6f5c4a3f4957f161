"""Secrets that calls to programs are signed with, made of a key in a file of its own.

Rule: a secret is HMAC-SHA256 of the address's id under that key, so that neither the records nor their backup
hold it, and every process of the office makes the same one.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Final

from storage.keys.number_index import read_keys

#: Where the key is within the data folder, unless it is mounted from elsewhere.
KEY_FILE: Final = Path("keys") / "webhooks.key"


class FileWebhookKeys:
    """Implements ``dossiers.webhooks.WebhookKeys``; the file is read when it is first needed.

    Args:
        path: the key file; made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def secret(self, webhook_id: str) -> str:
        """The secret of an address.

        Raises:
            ConfigurationError: ``KEY_EXPOSED``, ``KEY_DAMAGED``.
            ResourceError: ``KEY_UNAVAILABLE``.
        """
        key = read_keys(self._path)[0]
        return hmac.new(key, f"webhook\x1f{webhook_id}".encode(), hashlib.sha256).hexdigest()
