"""``python -m sohoa.cli``: the same as ``sohoa``."""

from __future__ import annotations

from sohoa.cli.start import main

if __name__ == "__main__":
    main()
