"""Work pulled by the pipeline."""


def tell_people() -> int:
    """Being written."""
    return 0


def send_mail() -> int:
    """Being written."""
    return 0
