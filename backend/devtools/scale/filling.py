"""Many rows of a model at once, from a query."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Model

# Keys sort by time as those that the product makes (see common.ids): 48 bits of milliseconds, then
# digits of a digest. dice() is the same for the same seed on every machine.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.key(kind text, n bigint, at timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
    || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 4, 15))::uuid
$$;
CREATE OR REPLACE FUNCTION pg_temp.dice(n bigint, salt bigint, sides bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT (hashint8extended(n, salt + {seed}) & 9223372036854775807) % sides
$$;
CREATE OR REPLACE FUNCTION pg_temp.business_number(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT body || (10 - (sum(digit * weight) + (max(digit) FILTER (WHERE at = 9)) * 5 / 10) % 10) % 10
  FROM (SELECT '101' || 11 + n / 9999 || lpad((1 + n % 9999)::text, 4, '0') AS body) one,
       LATERAL (SELECT at, substr(body, at, 1)::int AS digit,
                       (ARRAY[1, 3, 7, 1, 3, 7, 1, 3, 5])[at] AS weight
                FROM generate_series(1, 9) at) each
  GROUP BY body
$$;
"""


def run(statement: str) -> int:
    """Execute one statement; return how many rows it made."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def fill(model: type[Model], values: Mapping[str, str], source: str) -> int:
    """INSERT INTO the model's table SELECT `values` (attribute name -> SQL) FROM `source`.

    Fields not named get the model's default, as they would from Python: a field that is added to
    a model needs a line here only when it has none. Return how many rows were made.
    """
    quote = connection.ops.quote_name
    columns, expressions, parameters = [], [], []
    known = {field.attname for field in model._meta.concrete_fields}
    if unknown := set(values) - known:
        raise ValueError(f"{model.__name__} has no {sorted(unknown)}")
    for field in model._meta.concrete_fields:
        given = values.get(field.attname)
        if given is None:
            plain, default = _default(field)
            if not plain:
                continue
            given = "%s"
            parameters.append(default)
        else:
            given = given.replace("%", "%%")
        columns.append(quote(str(field.column)))
        expressions.append(given)
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) "
        f"SELECT {', '.join(expressions)} FROM {source.replace('%', '%%')}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def _default(field: Any) -> tuple[bool, Any]:
    """(whether to write something, what); what the database fills in itself is left to it."""
    if field.has_default() and not field.primary_key:
        return True, field.get_db_prep_save(field.get_default(), connection)
    if field.null or field.primary_key or field.has_db_default():
        return False, None
    if field.empty_strings_allowed and field.blank:
        return True, ""
    raise ValueError(f"{field} has no default: give it a value")
