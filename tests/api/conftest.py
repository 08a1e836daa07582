"""What requests of the permission matrix may ask: see tests/permissions."""

from tests.permissions.conftest import pretend

__all__ = ["pretend"]
