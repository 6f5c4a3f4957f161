"""The interface for programs, version 1: JSON over HTTP below ``/api/v1``, described by OpenAPI 3.1."""
