"""Object stores: immutable bytes under their SHA-256."""
