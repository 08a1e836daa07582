"""Data of the size of the country, to measure on: made in the database by the database.

Not a demonstration: rows are written past the operations, with triggers off, because the operations
would take days. What people would look at is believable, what is only counted is plain.
"""

from devtools.scale.sizes import FULL, Sizes

__all__ = ["FULL", "Sizes"]
