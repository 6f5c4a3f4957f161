"""The type of ``seq`` columns, which order rows by insertion."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Integer

#: 64 bits everywhere: a city notes some 200 million audit facts a year. SQLite numbers rows by itself only
#: where the type is called INTEGER, which has 64 bits there.
RowNumber: Final = BigInteger().with_variant(Integer(), "sqlite")
