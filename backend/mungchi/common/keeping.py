"""SQL for migrations: tables of which the database itself keeps what rows were and are since.

A trigger for each statement writes one row of `common_change` for each row that the statement made,
changed or took away, whoever sent it and by whatever way: an operation, COPY, SQL typed by hand.
docs/decisions/0016-kept-by-the-database.md says why it is made this way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.migrations import RunSQL

# How a write is known: by the transaction it belongs to (`act`), which its rows of history carry
# as well, and by what the request said of itself when it went behind the wall (see wall.py).
ACT = """
CREATE SEQUENCE common_act_number;
CREATE FUNCTION common_act() RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE known text := current_setting('mungchi.act', true);
BEGIN
  IF known IS NULL OR known = '' THEN
    known := nextval('public.common_act_number')::text;
    PERFORM set_config('mungchi.act', known, true);
  END IF;
  RETURN known::bigint;
END $$;
"""
DROP_ACT = "DROP FUNCTION common_act(); DROP SEQUENCE common_act_number;"

# True in a transaction that erases a person: it has written so into common_erasure, which requests
# may not. Then texts are replaced in what is otherwise append-only, and the replacing is not kept:
# it would keep what is to go.
ERASING = """
CREATE FUNCTION common_erasing() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('mungchi.erasing', true), '') = '' THEN RETURN false; END IF;
  RETURN EXISTS (SELECT 1 FROM common_erasure
                 WHERE erased_in = pg_current_xact_id()::text::bigint);
END $$;
CREATE OR REPLACE FUNCTION common_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND common_erasing() THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = 'append_only';
END $$;
"""
UNDO_ERASING = """
CREATE OR REPLACE FUNCTION common_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = 'append_only';
END $$;
DROP FUNCTION common_erasing();
"""

STAND = """
CREATE FUNCTION common_stand_as(
  who uuid, firm uuid, cooperative uuid, seat uuid, seat_role text, key uuid, request text,
  shift double precision, role_name text
) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT set_config('mungchi.user', coalesce(who::text, ''), false)
      || set_config('mungchi.firm', coalesce(firm::text, ''), false)
      || set_config('mungchi.cooperative', coalesce(cooperative::text, ''), false)
      || set_config('mungchi.seat', coalesce(seat::text, ''), false)
      || set_config('mungchi.seat_role', seat_role, false)
      || set_config('mungchi.key', coalesce(key::text, ''), false)
      || set_config('mungchi.request', request, false)
      || set_config('mungchi.shift', shift::text, false)
      || set_config('role', role_name, false) IS NOT NULL
$$;
"""
DROP_STAND = """
DROP FUNCTION common_stand_as(uuid, uuid, uuid, uuid, text, uuid, text, double precision, text);
"""

INTO = """
    INSERT INTO common_change (
      act, at, op, subject_type, subject_id, thread, cooperative_id, partner_id, firm_id, before,
      after, user_id, seat_id, role, key_id, request_id, database_user, program)
    SELECT this_act, this_at, {op}, '{subject_type}', {subject}, {thread}, {cooperative},
      {partner}, {firm}, {before}, {after}, this_user, this_seat, this_role, this_key,
      this_request, session_user, this_program
"""

# Plans are made anew at each call, for the number of rows that it has: one that was kept from a
# statement about one row would join 70,000 with 70,000 row by row. Compiling them would take longer
# than running them.
KEEP = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
  this_act bigint := common_act();
  this_at timestamptz := seat_now();
  this_user uuid := nullif(current_setting('mungchi.user', true), '')::uuid;
  this_seat uuid := nullif(current_setting('mungchi.seat', true), '')::uuid;
  this_role text := coalesce(current_setting('mungchi.seat_role', true), '');
  this_key uuid := nullif(current_setting('mungchi.key', true), '')::uuid;
  this_request text := coalesce(current_setting('mungchi.request', true), '');
  this_program text := left(current_setting('application_name'), 64);
BEGIN
  IF common_erasing() THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    {made} FROM fresh r;
  ELSIF TG_OP = 'DELETE' THEN
    {gone} FROM stale r;
  ELSE
    IF EXISTS (SELECT 1 FROM fresh f
               WHERE NOT EXISTS (SELECT 1 FROM stale s WHERE s.id = f.id)) THEN
      RAISE EXCEPTION 'the key of a row of % does not change', TG_TABLE_NAME
        USING ERRCODE = '23514', CONSTRAINT = 'keys_stay';
    END IF;
    {changed}
    FROM stale o JOIN fresh r ON r.id = o.id
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(v.field, v.was) AS before, jsonb_object_agg(v.field, v.now) AS after
      FROM (VALUES {pairs}) v (field, was, now) WHERE v.was IS DISTINCT FROM v.now
    ) d
    WHERE ({olds}) IS DISTINCT FROM ({news});
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER kept_when_made AFTER INSERT ON {table}
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE OR REPLACE TRIGGER kept_when_changed AFTER UPDATE ON {table}
  REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT
  EXECUTE FUNCTION {function}();
CREATE OR REPLACE TRIGGER kept_when_gone AFTER DELETE ON {table}
  REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE OR REPLACE TRIGGER not_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION common_refuse_emptying();
"""
REFUSE_EMPTYING = """
CREATE FUNCTION common_refuse_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('mungchi.may_empty', true), '') = 'yes' THEN RETURN NULL; END IF;
  RAISE EXCEPTION '% is not emptied: rows are deleted, so that it is kept', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = 'not_emptied';
END $$;
"""
DROP_KEEP = """
DROP TRIGGER kept_when_made ON {table};
DROP TRIGGER kept_when_changed ON {table};
DROP TRIGGER kept_when_gone ON {table};
DROP TRIGGER not_emptied ON {table};
DROP FUNCTION {function}();
"""


# History and changes read as one: see common.models.Trail.
TRAIL = """
SELECT id, at, act, 'event'::varchar AS op, kind, subject_type, subject_id, thread,
       cooperative_id AS place_id, false AS doubled, firm_id, from_state, to_state, why, data,
       NULL::jsonb AS before, NULL::jsonb AS after, user_id, user_name, seat_id, role,
       NULL::uuid AS key_id, ''::varchar AS request_id, ''::varchar AS database_user,
       ''::varchar AS program
FROM common_history
UNION ALL
SELECT id, at, act, op, ''::varchar, subject_type, subject_id, thread, cooperative_id, false,
       firm_id, ''::varchar, ''::varchar, ''::text, '{}'::jsonb, before, after, user_id,
       ''::varchar, seat_id, role, key_id, request_id, database_user, program
FROM common_change
UNION ALL
SELECT id, at, act, op, ''::varchar, subject_type, subject_id, thread, partner_id, true,
       firm_id, ''::varchar, ''::varchar, ''::text, '{}'::jsonb, before, after, user_id,
       ''::varchar, seat_id, role, key_id, request_id, database_user, program
FROM common_change WHERE partner_id IS NOT NULL"""
# One side's office did it, and both read it.
_OF_A_PARTNER = """
UNION ALL
SELECT h.id, h.at, h.act, 'event'::varchar, h.kind, h.subject_type, h.subject_id, h.thread,
       p.{side}, true, h.firm_id, h.from_state, h.to_state, h.why, h.data, NULL::jsonb,
       NULL::jsonb, h.user_id, h.user_name, h.seat_id, h.role, NULL::uuid, ''::varchar,
       ''::varchar, ''::varchar
FROM common_history h JOIN accounts_partnership p ON p.id = h.subject_id
WHERE h.subject_type = 'accounts.partnership' AND p.{side} IS DISTINCT FROM h.cooperative_id"""
OF_BOTH_PARTNERS = "".join(_OF_A_PARTNER.format(side=side) for side in ("asking_id", "asked_id"))


@dataclass(frozen=True)
class About:
    """Where a table's changes belong, as SQL on a row `r`: what they are about, and who may look.

    `cooperative` is the office that runs it (a campaign's host), `partner` another office whose
    member it is about, `firm` the firm it is about; each NULL where there is none.
    """

    subject_type: str
    subject: str = "r.id"
    thread: str = "NULL::uuid"
    cooperative: str = "NULL::uuid"
    partner: str = "NULL::uuid"
    firm: str = "NULL::uuid"


def keep(table: str, columns: Sequence[str], about: About) -> RunSQL:
    """From here on the database keeps what these columns of a table were and are.

    The table has a key `id`, which cannot be changed any more. For columns that come later:
    `keep_also`.
    """
    place = {"subject_type": about.subject_type, "subject": about.subject, "thread": about.thread,
             "cooperative": about.cooperative, "partner": about.partner,
             "firm": about.firm}  # fmt: skip
    named = ", ".join(f"'{column}', r.{column}" for column in columns)
    image = f"jsonb_strip_nulls(jsonb_build_object({named}))"
    where = {"function": f"keep_{table}", "table": table}
    sql = KEEP.format(
        **where,
        made=INTO.format(op="'made'", before="NULL", after=image, **place),
        gone=INTO.format(op="'gone'", before=image, after="NULL", **place),
        changed=INTO.format(op="'changed'", before="d.before", after="d.after", **place),
        pairs=", ".join(f"('{c}', to_jsonb(o.{c}), to_jsonb(r.{c}))" for c in columns),
        olds="ROW(" + ", ".join(f"o.{c}" for c in columns) + ")",
        news="ROW(" + ", ".join(f"r.{c}" for c in columns) + ")",
    )
    return RunSQL(sql, DROP_KEEP.format(**where))


def keep_also(table: str, kept: Sequence[str], more: Sequence[str], about: About) -> RunSQL:
    """Beside the columns that are kept already, keep further ones; undone, only those of before."""
    return RunSQL(keep(table, [*kept, *more], about).sql, keep(table, kept, about).sql)
