"""Leaving Python's collector out while very many objects are made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile.

    For work that makes hundreds of thousands of objects and no cycles of them: looking through all
    of them again and again took a third of its time. What nobody refers to is freed as ever.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
