"""Work pulled by the pipeline."""


def place_orders() -> int:
    """Being written."""
    return 0


def issue_purchase_orders() -> int:
    """Being written."""
    return 0
