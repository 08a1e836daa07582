"""Work pulled by the pipeline."""


def close_due() -> int:
    """Being written."""
    return 0


def clear_closed() -> int:
    """Being written."""
    return 0


def settle_needs() -> int:
    """Being written."""
    return 0
