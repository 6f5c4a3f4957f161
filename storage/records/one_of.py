"""A condition on thousands of numbers at once, as one parameter."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import BigInteger, ColumnElement, Connection, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY


def one_of(
    connection: Connection, column: ColumnElement[int], numbers: Collection[int]
) -> ColumnElement[bool]:
    """Whether the column holds one of these numbers; a list of parameters has a limit and is slow to say."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(numbers), ARRAY(BigInteger)))
    values = func.json_each(json.dumps(list(numbers))).table_valued("value")
    return column.in_(select(values.c.value))
