"""Delivery of work: the doorbell, the relay from the outbox, leases and retries."""
