"""SQL for migrations: state machines and append-only tables kept by the database itself."""

from collections.abc import Mapping, Sequence

from django.db.migrations import RunSQL

CHECK_MOVE = """
CREATE FUNCTION common_check_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := '';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.state = OLD.state THEN RETURN NEW; END IF;
    before := OLD.state;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM common_transition
                 WHERE machine = TG_ARGV[0] AND from_state = before AND to_state = NEW.state) THEN
    RAISE EXCEPTION '% may not go from "%" to "%"', TG_ARGV[0], before, NEW.state
      USING ERRCODE = '23514', CONSTRAINT = 'only_declared_moves';
  END IF;
  RETURN NEW;
END $$;
"""

REFUSE_CHANGE = """
CREATE FUNCTION common_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = 'append_only';
END $$;
"""


def functions() -> RunSQL:
    """The two trigger functions; used once, by common's first migration."""
    return RunSQL(
        CHECK_MOVE + REFUSE_CHANGE,
        "DROP FUNCTION common_check_move(); DROP FUNCTION common_refuse_change();",
    )


def declare_machine(
    machine: str, table: str, start: Sequence[str], moves: Mapping[str, Sequence[str]]
) -> RunSQL:
    """Declare a machine's moves and put the trigger on its table (column `state`)."""
    pairs = [("", state) for state in start]
    pairs += [(before, after) for before, afters in moves.items() for after in afters]
    values = ", ".join(f"('{machine}', '{before}', '{after}')" for before, after in pairs)
    return RunSQL(
        f"INSERT INTO common_transition (machine, from_state, to_state) VALUES {values};"
        f"CREATE TRIGGER only_declared_moves BEFORE INSERT OR UPDATE OF state ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION common_check_move('{machine}');",
        f"DROP TRIGGER only_declared_moves ON {table};"
        f"DELETE FROM common_transition WHERE machine = '{machine}';",
    )


def add_moves(machine: str, pairs: Sequence[tuple[str, str]]) -> RunSQL:
    """Declare further moves of a machine, as (from, to); from is "" for where a row may be born."""
    values = ", ".join(f"('{machine}', '{before}', '{after}')" for before, after in pairs)
    return RunSQL(
        f"INSERT INTO common_transition (machine, from_state, to_state) VALUES {values};",
        f"DELETE FROM common_transition WHERE (machine, from_state, to_state) IN ({values});",
    )


def only_of_living_items(table: str) -> RunSQL:
    """Refuse that a row of a table (column item_id) comes to refer to an item merged away.

    The functions are made by catalog's migration 0081.
    """
    return RunSQL(
        f"CREATE TRIGGER nothing_new_of_merged_items AFTER INSERT ON {table}"
        " REFERENCING NEW TABLE AS fresh"
        " FOR EACH STATEMENT EXECUTE FUNCTION catalog_refuse_merged();"
        f"CREATE TRIGGER nothing_goes_to_merged_items BEFORE UPDATE OF item_id ON {table}"
        " FOR EACH ROW WHEN (NEW.item_id IS DISTINCT FROM OLD.item_id)"
        " EXECUTE FUNCTION catalog_refuse_going_to_merged();",
        f"DROP TRIGGER nothing_new_of_merged_items ON {table};"
        f"DROP TRIGGER nothing_goes_to_merged_items ON {table};",
    )


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE and DELETE on a table."""
    return RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION common_refuse_change();",
        f"DROP TRIGGER append_only ON {table};",
    )
