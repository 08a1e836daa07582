"""Work pulled by the pipeline."""


def ask_for_payment() -> int:
    """Being written."""
    return 0


def return_money() -> int:
    """Being written."""
    return 0
