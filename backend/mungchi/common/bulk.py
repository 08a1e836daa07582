"""Many rows at once: one COPY, whatever their number.

A campaign may have 70,000 orders. Amounts are computed in Python by common.money and nowhere else,
so rows are not made by INSERT ... SELECT with a second rounding rule in SQL; COPY brings them in as
fast. Triggers and constraints of the table apply as with any insert.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def copy_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write `rows` (values in the order of `fields`) in the current transaction; return how many.

    `fields` are attribute names ("firm_id"); columns left out take the database's default, not
    the model's. Rows are made before the COPY begins: while it runs, the connection takes no query.
    """
    ready = list(rows)
    quote = connection.ops.quote_name
    known = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(known[name]) for name in fields)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)
        # Foreign keys are checked row by row at commit, by plans that this connection may have
        # made when the tables were small: a scan of the whole table for each row, minutes for
        # 70,000. New plans see the tables as they are.
        cursor.execute("DISCARD PLANS")
    return len(ready)


def next_numbers(sequence: str, count: int) -> list[int]:
    """Take `count` numbers from a database sequence in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [number for (number,) in cursor.fetchall()]
