"""Generator of synthetic Vietnamese dossiers with exact truth; run ``python -m samples.generator``.

Everybody in it is invented: personal numbers carry the unassigned province code 003.
"""

__all__: list[str] = []
