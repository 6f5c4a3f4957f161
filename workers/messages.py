"""What is said over the broker: which task, in which version of this sentence. Never anything else (C4)."""

from __future__ import annotations

from typing import Final

#: Version of the message; a worker refuses versions it does not know.
SCHEMA: Final = 1
#: The queue that every actor listens to.
QUEUE: Final = "sohoa"
#: The actor that answers.
ACTOR: Final = "answer_doorbell"
