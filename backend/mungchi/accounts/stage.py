"""Work pulled by the pipeline."""

from mungchi.accounts import operations


def forget_expired_sessions() -> int:
    """Delete sessions that have run out; returns how many."""
    return operations.forget_expired_sessions()
