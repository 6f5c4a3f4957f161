"""Records in a database: SQLite here, one contract for every engine."""
