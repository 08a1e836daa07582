"""SQL for migrations: whose rows a seat sees and writes behind the second wall (see wall.py)."""

from django.db.migrations import RunSQL

from mungchi.common.wall import ROLE

# Roles belong to the whole server: another database of it, or a test beside this one, may be making
# the same role at this moment. Where the database's user may not make roles, its administrator
# does (docs/operating.md).
MAKE_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN
    BEGIN
      CREATE ROLE {ROLE} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
    GRANT {ROLE} TO CURRENT_USER;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {ROLE};
REVOKE INSERT, UPDATE, DELETE ON common_transition, django_migrations FROM {ROLE};
"""

# The role is not dropped on the way back: other databases of the server may use it.
UNMAKE_ROLE = f"""
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM {ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM {ROLE};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ROLE};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {ROLE};
REVOKE USAGE ON SCHEMA public FROM {ROLE};
"""

# seat_now() runs ahead or behind with common.clock, so that tests and the demonstration move both.
FUNCTIONS = """
CREATE FUNCTION common_stand(
  who uuid, firm uuid, cooperative uuid, shift double precision, role_name text
) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT set_config('mungchi.user', coalesce(who::text, ''), false)
      || set_config('mungchi.firm', coalesce(firm::text, ''), false)
      || set_config('mungchi.cooperative', coalesce(cooperative::text, ''), false)
      || set_config('mungchi.shift', shift::text, false)
      || set_config('role', role_name, false) IS NOT NULL
$$;
CREATE FUNCTION seat_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('mungchi.user', true), '')::uuid $$;
CREATE FUNCTION seat_firm() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('mungchi.firm', true), '')::uuid $$;
CREATE FUNCTION seat_cooperative() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('mungchi.cooperative', true), '')::uuid $$;
CREATE FUNCTION seat_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT clock_timestamp() + make_interval(
    secs => coalesce(nullif(current_setting('mungchi.shift', true), ''), '0')::double precision)
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION common_stand(uuid, uuid, uuid, double precision, text);
DROP FUNCTION seat_user();
DROP FUNCTION seat_firm();
DROP FUNCTION seat_cooperative();
DROP FUNCTION seat_now();
"""


def role_and_functions() -> RunSQL:
    """The role of requests, and what policies know of its seat; used once, by common."""
    return RunSQL(MAKE_ROLE + FUNCTIONS, DROP_FUNCTIONS + UNMAKE_ROLE)


def fence(table: str, rows: str) -> RunSQL:
    """Behind the wall, let a seat see and write those rows of a table for which `rows` holds.

    `rows` is an SQL condition on the table's columns; seat_firm(), seat_cooperative() and
    seat_user() are NULL where the seat has none, and then compare as false.

    What holds of most rows stands first: every row asks. Another table is asked by EXISTS, not by
    IN: the planner counts the whole list behind an IN anew for every look-up in an index, and
    rather reads all there is (measured: 2,050 ms instead of 170 for the orders of one year).
    """
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY rows_of_the_seat ON {table} TO {ROLE} USING ({rows});",
        f"DROP POLICY rows_of_the_seat ON {table};ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def refence(table: str, rows: str, was: str) -> RunSQL:
    """Let the fence of a table ask `rows` from here on; `was` is what it asked before."""
    change = "ALTER POLICY rows_of_the_seat ON {} USING ({});"
    return RunSQL(change.format(table, rows), change.format(table, was))


def window(name: str, query: str) -> RunSQL:
    """A view that may be read behind the wall although its table is fenced: it names nobody."""
    return RunSQL(f"CREATE VIEW {name} AS {query};", f"DROP VIEW {name};")
