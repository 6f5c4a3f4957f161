"""The doorbells between processes: Redis and RabbitMQ. Their libraries are loaded only where one is set."""
