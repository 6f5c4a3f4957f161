"""Where the lives of the fault suite are forked from: one server that has loaded what any of them needs.

There is one such server a process, and what it loads is fixed when the first life begins. So test modules
name here what their lives load, and nobody overwrites what another has named.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import ForkServerContext

_CONTEXT = multiprocessing.get_context("forkserver")
_loaded = ["__main__"]


def forking(*modules: str) -> ForkServerContext:
    """Makes processes that need not load some modules; called where a test module is loaded.

    Args:
        modules: what lives load, by full name; added to what others have named.
    """
    _loaded.extend(each for each in modules if each not in _loaded)
    _CONTEXT.set_forkserver_preload(list(_loaded))
    return _CONTEXT
