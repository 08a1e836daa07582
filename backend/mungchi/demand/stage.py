"""Work pulled by the pipeline."""


def expire_needs() -> int:
    """Being written."""
    return 0
