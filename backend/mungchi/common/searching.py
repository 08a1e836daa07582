"""Finding text by a part of it, also by one letter or two, from an index.

Trigrams find a part of three letters or more. Most Korean words have two, some one (쌀, 김): for
those an index holds every letter of a text and every two that stand together.
"""

from typing import Any

from django.db.models import CharField, Func, TextField
from django.db.models.lookups import IContains

# Longer parts have a trigram.
SHORT = 2

# For the migration that makes it.
FUNCTION = """
CREATE FUNCTION common_letters(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT part), '{}')
  FROM generate_series(1, length(said)) AS place,
       LATERAL (VALUES (substr(said, place, 1)), (substr(said, place, 2))) AS each (part)
$$;
"""
DROP_FUNCTION = "DROP FUNCTION common_letters(text);"


class Letters(Func):
    """The letters of a text, alone and by twos, for an index: GinIndex(Letters(Upper("name")))."""

    function = "common_letters"


@CharField.register_lookup
@TextField.register_lookup
class Holds(IContains):
    """`name__holds=text`: what `icontains` finds, one letter or two from an index of `Letters`.

    Of columns that have one: letters are dear to take apart, and without it `icontains` is faster.
    """

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The condition; that of `icontains` for no letter, for more than two, for expressions."""
        said = self.rhs
        if not isinstance(said, str) or not 1 <= len(said) <= SHORT:
            return IContains(self.lhs, said).as_sql(compiler, connection)
        sql, values = compiler.compile(self.lhs)
        return f"common_letters(UPPER({sql}::text)) @> ARRAY[UPPER(%s)]", (*values, said)
