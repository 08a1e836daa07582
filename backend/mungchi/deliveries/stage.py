"""Work pulled by the pipeline."""


def complete_campaigns() -> int:
    """Being written."""
    return 0
