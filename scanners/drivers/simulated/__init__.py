"""A scanner made of a folder, for training clerks and for tests: pages and chosen faults, no device."""
