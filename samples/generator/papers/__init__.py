"""How each kind of paper is drawn; one module a family of papers."""

__all__: list[str] = []
