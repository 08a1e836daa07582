"""Taking a person out of the database, and leaving everything that it did.

Rows stay, in number and order; where a name, an address or a telephone number stood, a neutral mark
stands. What belongs to nobody but the person goes: sign-ins, sessions, keys, factors, letters,
notifications. The names of firms' representatives, account holders and depositors are the firms'
and cooperatives' records, and stay.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models.functions import Lower

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.domain.erasing import Trace, address_of, mark_of, traces_of
from mungchi.accounts.models import Cooperative, Firm, Letter, User
from mungchi.common import clock
from mungchi.common.history import record
from mungchi.common.models import Erasure

# Text columns in which people write freely about people, so that a name is looked for in them. An
# e-mail address and a telephone number are looked for in all. A test asks of every text column.
FREE: Final[dict[str, tuple[str, ...]]] = {
    "accounts_apikey": ("name",),
    "accounts_cooperative": ("state_reason",),
    "accounts_firmdocument": ("filename",),
    "accounts_letter": ("subject", "text", "html"),
    "accounts_memberlist": ("filename", "columns"),
    "accounts_memberlistline": ("cells", "said"),
    "accounts_partnership": ("message", "reason"),
    "campaigns_approvalrequest": ("why", "deliver_to"),
    "campaigns_attachment": ("filename",),
    "campaigns_campaign": ("title", "description", "award_reason"),
    "campaigns_clearingrun": ("closed_by",),
    "campaigns_commitment": ("deliver_to",),
    "campaigns_decision": ("reason", "refusal"),
    "campaigns_hold": ("reason", "answer"),
    "campaigns_offer": ("note",),
    "campaigns_offerchange": ("before", "terms", "why", "refusal"),
    "campaigns_offerrevision": ("note",),
    "campaigns_question": ("text", "answer"),
    "catalog_itemfile": ("filename", "alt"),
    "common_change": ("before", "after"),
    "common_erasure": ("why",),
    "common_history": ("why", "data", "user_name"),
    "deliveries_claim": ("answer",),
    "deliveries_claimstep": ("text",),
    "deliveries_collection": ("note",),
    "deliveries_pickuppoint": ("name", "address", "hours"),
    "deliveries_receipt": ("note",),
    "demand_importrejection": ("values",),
    "demand_need": ("note",),
    "demand_needlist": ("filename", "columns", "chosen"),
    "demand_needlistline": ("cells", "said"),
    "demand_needplan": ("note",),
    "demand_purchaseimport": ("filename", "columns", "preview"),
    "django_admin_log": ("object_repr", "change_message"),
    "notifications_notification": ("sentence_ko", "sentence_en"),
    "orders_confirmedless": ("why", "reason"),
    "orders_order": ("deliver_to",),
    "outreach_contact": ("said", "outcome"),
    "outreach_introduction": ("reason", "decline_reason", "outcome_note"),
    "outreach_listing": ("title", "description"),
    "payments_bankline": ("depositor", "text", "why"),
    "payments_bankstatement": ("filename", "columns"),
    "payments_consent": ("text",),
    "payments_dispute": ("submitted_note", "accepted_why"),
    "payments_disputefile": ("filename",),
    "payments_disputenote": ("text",),
    "payments_credit": ("why",),
    "payments_creditline": ("why",),
    "payments_payout": ("early", "note"),
    "payments_refund": ("why", "note"),
    "payments_openitem": ("why",),
    "payments_statementline": ("cells", "said"),
    "payments_supplierdebt": ("note",),
    "pricelists_pricesheet": ("filename", "columns"),
    "pricelists_pricesheetline": ("cells", "found"),
    "pricelists_standingoffer": ("note",),
    "pricelists_standingversion": ("terms",),
}
# Of what the database kept, the columns that are the firm's or the cooperative's, as in their rows.
BUSINESS: Final = ("name", "representative", "address", "phone", "bank_holder", "depositor",
                   "instructions")  # fmt: skip
BUSINESS_ROWS: Final = ("accounts.firm", "accounts.cooperative", "accounts.accountchange",
                        "payments.payment", "deliveries.pickuppoint", "catalog.item",
                        "catalog.itemalias",
                        "accounts.division")  # fmt: skip
# Codes of programs, in which nothing is replaced, whatever a person may be called.
SKIPPED_TABLES: Final = ("django_migrations", "common_transition", "auth_permission",
                         "django_content_type")  # fmt: skip


def erase_person(*, erasure_id: int) -> int:
    """Erase one person whose account is closed; 0 when somebody else has, or does so now."""
    with transaction.atomic():
        erasure = (
            Erasure.objects.select_for_update(skip_locked=True)
            .filter(pk=erasure_id, erased_at__isnull=True)
            .first()
        )
        if erasure is None:
            return 0
        user = User.objects.select_for_update().get(pk=erasure.user_id)
        traces = _traces(user, erasure.pk)
        _begin(erasure)
        _forget_what_is_its_own(user, traces)
        _blank(user, erasure.pk)
        _replace_by_id(user, mark_of(erasure.pk))
        for table, columns in _texts().items():
            _replace(table, columns, traces)
        record(user, kind="account_erased", actor=SYSTEM, at=clock.now())
        return 1


def _begin(erasure: Erasure) -> None:
    """From here to the end of this transaction the database lets texts in its trail be replaced."""
    erasure.erased_at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint,"
                       " set_config('mungchi.erasing', 'yes', true)")  # fmt: skip
        (erasure.erased_in, _) = cursor.fetchone()
    erasure.save(update_fields=["erased_at", "erased_in"])


def _traces(user: User, number: int) -> list[Trace]:
    emails = {user.email.lower(), *user.emailaddress_set.values_list(Lower("email"), flat=True)}
    name = user.name.strip()
    return traces_of(
        emails=sorted(emails), phones=_phones(user), name=name, shared=_shared(user, name),
        number=number,
    )  # fmt: skip


def _shared(user: User, name: str) -> bool:
    return (
        User.objects.filter(name=name).exclude(pk=user.pk).exists()
        or Firm.objects.filter(representative=name).exists()
        or Cooperative.objects.filter(representative=name).exists()
    )


def _phones(user: User) -> list[str]:
    """What the person gave of itself when its firm was introduced to others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seeker_phone FROM outreach_introduction WHERE seeker_person_id = %(who)s"
            " UNION SELECT giver_phone FROM outreach_introduction WHERE giver_person_id = %(who)s",
            {"who": user.pk},
        )
        return sorted(phone for (phone,) in cursor.fetchall() if phone)


def _forget_what_is_its_own(user: User, traces: Sequence[Trace]) -> None:
    """Delete what belongs to nobody else: whatever goes with its person, and letters to it."""
    for relation in User._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
    user.groups.clear()
    user.user_permissions.clear()
    emails = [trace.said for trace in traces if "@" in trace.said]
    Letter.objects.annotate(to=Lower("recipient")).filter(to__in=emails).delete()


def _blank(user: User, number: int) -> None:
    user.name, user.email = mark_of(number), address_of(number)
    user.last_login = None
    user.is_active = False
    user.set_unusable_password()
    user.save()


def _replace_by_id(user: User, mark: str) -> None:
    """Where a row names the person by its id, the name beside it goes, whoever else bears it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE common_history SET user_name = %s WHERE user_id = %s", [mark, user.pk]
        )


Column = tuple[str, str, int | None]


def _texts() -> dict[str, list[Column]]:
    """Every column of every table that can hold words: (name, type, longest)."""
    found: dict[str, list[Column]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name, c.udt_name, c.character_maximum_length"
            " FROM information_schema.columns c JOIN information_schema.tables t"
            " USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
            " AND c.udt_name IN ('text', 'varchar', 'jsonb') AND NOT c.table_name = ANY (%s)"
            " ORDER BY 1, c.ordinal_position",
            [list(SKIPPED_TABLES)],
        )
        for table, name, kind, longest in cursor.fetchall():
            found.setdefault(table, []).append((name, kind, longest))
    return found


def _replace(table: str, columns: Sequence[Column], traces: Sequence[Trace]) -> None:
    """Replace the traces in a table's rows: one pass over it for each trace."""
    quote = connection.ops.quote_name
    for trace in traces:
        names = [c for c in columns if trace.everywhere or c[0] in FREE.get(table, ())]
        if not names:
            continue
        flags = "gi" if trace.everywhere else "g"
        sets: list[str] = []
        values: list[Any] = []
        for column in names:
            sql, more = _replaced(table, column, trace, flags)
            sets.append(f"{quote(column[0])} = {sql}")
            values += more
        where = " OR ".join(f"{quote(name)}::text ILIKE %s" for name, _, _ in names)
        values += [f"%{like}%" for like in _likes(names, trace)]
        with connection.cursor() as cursor:
            # Names of our own tables and columns, quoted.
            cursor.execute(
                f"UPDATE {quote(table)} SET {', '.join(sets)} WHERE {where}",  # noqa: S608
                values,
            )


def _replaced(table: str, column: Column, trace: Trace, flags: str) -> tuple[str, list[Any]]:
    name, kind, longest = connection.ops.quote_name(column[0]), column[1], column[2]
    given = [trace.pattern, trace.mark, flags]
    if kind != "jsonb":
        cast = f"::varchar({longest})" if longest else ""
        return f"regexp_replace({name}, %s, %s, %s){cast}", given
    replaced = f"common_erase({name}, %s, %s, %s)"
    if table != "common_change" or trace.everywhere:
        return replaced, given
    # The firm's and the cooperative's own records read on as they were.
    kept = (
        f"coalesce((SELECT jsonb_object_agg(key, value) FROM jsonb_each({name})"  # noqa: S608
        " WHERE key = ANY (%s)), '{}')"
    )
    sql = (
        f"CASE WHEN {name} IS NULL THEN NULL WHEN subject_type = ANY (%s)"
        f" THEN {replaced} || {kept} ELSE {replaced} END"
    )
    return sql, [list(BUSINESS_ROWS), *given, list(BUSINESS), *given]


def _likes(columns: Sequence[Column], trace: Trace) -> Iterator[str]:
    """What a row must contain to be worth a closer look; in JSON quotes are written with \\."""
    plain = trace.said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    for _, kind, _ in columns:
        yield plain.replace('"', '\\\\"') if kind == "jsonb" else plain
