"""Fields of generated pages against their truth: ``python -m benchmarks.fields FOLDER…``."""
