"""What the desk takes to answer every screen, over an office of ``benchmarks.archive``."""
