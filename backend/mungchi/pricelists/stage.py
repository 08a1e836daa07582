"""Work pulled by the pipeline: price lists whose job was lost."""

from uuid import UUID

from procrastinate.contrib.django import app

from mungchi.pricelists import operations
from mungchi.pricelists.operations.sheets import APPLY_QUEUE, APPLY_TASK


def resume_sheets() -> int:
    """Queue again the files of prices whose job was lost."""
    return operations.resume_lost_sheets()


@app.task(name=APPLY_TASK, queue=APPLY_QUEUE)
def apply_prices(sheet_id: str) -> None:
    """Apply one file."""
    operations.apply_prices(sheet_id=UUID(sheet_id))
