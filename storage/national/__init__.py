"""National databases: a recorded double, an HTTP client, and the reference server of its interface."""
