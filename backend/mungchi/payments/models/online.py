"""Being paid by a provider over the network: a cooperative's account there, methods that firms
saved and what they agreed to, every try at charging, and what the provider told us.

Rows come before calls: what is about to be asked of a provider is written and committed, then
asked, then the answer is written (decision 44).
"""

from typing import Final
from uuid import UUID

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified


class ProviderAccount(Identified):
    """A cooperative's own account with a provider. What opens it is in ProviderSecret."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="provider_accounts")
    provider = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default="unchecked")
    # False: the provider's test mode, in which no money moves.
    live = models.BooleanField(default=False)
    # What the provider calls it, and what it says of it; empty until the first check.
    external_id = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    currencies = models.JSONField(default=list)
    methods = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    # Why the last check failed, as a code; see payments.domain.states.
    problem = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "provider"], name="one_account_with_each_provider"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(checked_at__isnull=False),
                name="a_ready_account_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.external_id}"


class ProviderSecret(models.Model):
    """What opens an account with a provider, sealed (see common.sealing). Never shown again."""

    account = models.OneToOneField(
        ProviderAccount, models.CASCADE, primary_key=True, related_name="secret"
    )
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    key = models.TextField()
    webhook = models.TextField(blank=True)
    # The last letters, by which the office tells keys apart.
    key_ends = models.CharField(max_length=8)
    set_by = models.ForeignKey(User, models.PROTECT)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"…{self.key_ends}"


class KeyChange(Identified):
    """Another key for an account, found good, that leads money somewhere else: proposed by one
    coordinator, confirmed by a second. Sealed as in ProviderSecret, and empty once decided."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="key_changes")
    provider = models.CharField(max_length=20)
    key = models.TextField(blank=True)
    webhook = models.TextField(blank=True)
    key_ends = models.CharField(max_length=8)
    # Whose account it opens, as the provider said.
    live = models.BooleanField(default=False)
    external_id = models.CharField(max_length=100)
    name = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    currencies = models.JSONField(default=list)
    methods = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="proposed")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "provider"],
                condition=Q(state="proposed"),
                name="one_change_of_key_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(key="", webhook=""),
                name="a_key_that_was_decided_on_is_not_kept",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=models.F("proposed_by"))),
                name="a_second_person_confirms_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.key_ends} → {self.external_id} ({self.state})"


class Mandate(Identified):
    """A method that a firm saved with the account of one cooperative, by hosted Checkout."""

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="mandates")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="mandates")
    state = models.CharField(max_length=12, default="pending")
    # The provider's customer, its set-up session, and the method once there is one.
    customer_id = models.CharField(max_length=100, blank=True)
    session_id = models.CharField(max_length=200, blank=True)
    method_id = models.CharField(max_length=100, blank=True)
    # card, kr_card, kakao_pay, …; what is shown of it ("Visa •••• 4242"), and when a card ends.
    kind = models.CharField(max_length=30, blank=True)
    label = models.CharField(max_length=60, blank=True)
    expires = models.DateField(null=True)
    created_by = models.ForeignKey(User, models.PROTECT)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Why it failed or was revoked, as a code.
    why = models.CharField(max_length=40, blank=True)
    # In which language the provider's page was asked for: the same question is asked the same way.
    language = models.CharField(max_length=2, default="ko", db_default="ko")
    # When the provider let go of a method that was removed.
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "firm"],
                condition=Q(state="pending"),
                name="one_method_is_being_saved_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["account", "session_id"],
                condition=~Q(session_id=""),
                name="a_session_saves_one_method",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | ~Q(method_id=""),
                name="an_active_mandate_has_a_method",
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "account", "state"], name="mandates_by_firm"),
            models.Index(
                fields=["created_at"], condition=Q(state="pending"), name="mandates_being_saved"
            ),
            models.Index(
                fields=["ended_at"],
                condition=Q(state="revoked", forgotten_at__isnull=True),
                name="mandates_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.pk)


class Consent(Identified):
    """A firm agrees that a saved method is charged for one campaign, up to an amount; append-only
    but for its end. The latest that has not ended holds."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="consents")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="consents")
    # As it was read, and in which language.
    text = models.TextField()
    language = models.CharField(max_length=2)
    # Never more than this is charged; minor units, VAT and fees included.
    most = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    given_by = models.ForeignKey(User, models.PROTECT)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "firm"],
                condition=Q(ended_at__isnull=True),
                name="one_consent_holds_for_a_firm",
            ),
            models.CheckConstraint(condition=Q(most__gt=0), name="a_consent_is_above_zero"),
        ]
        indexes = [models.Index(fields=["firm", "-id"], name="consents_by_firm")]

    def __str__(self) -> str:
        return f"{self.firm_id} → {self.campaign_id}: {self.most}"


class Attempt(Identified):
    """One try at charging a payment. Its key and parameters stay: a lost answer is asked for again
    with the same, a decline begins the next number."""

    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="attempts")
    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="attempts")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True)
    number = models.PositiveSmallIntegerField()
    # pay:{payment}:{number}, with the installation's prefix.
    key = models.CharField(max_length=120, unique=True)
    # Byte for byte what is sent, as JSON text.
    parameters = models.TextField()
    state = models.CharField(max_length=16, default="created")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    # What the provider calls the charge; the same over all tries that recover it.
    external_id = models.CharField(max_length=100, blank=True)
    decline_code = models.CharField(max_length=60, blank=True)
    # What the provider kept of it, once it says so.
    fee = models.BigIntegerField(null=True)
    # The firm is there and pays by itself; else its method is charged in its absence.
    on_line = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # When it was first sent; how often it was asked since, and when last.
    sent_at = models.DateTimeField(null=True)
    asked = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "number"], name="attempts_are_numbered"),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(state="succeeded"), name="one_charge_succeeds"
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(state__in=["created", "sent", "unknown", "processing"]),
                name="one_attempt_is_under_way",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_attempt_is_above_zero"),
            models.CheckConstraint(
                condition=~Q(state="succeeded") | ~Q(external_id=""),
                name="a_charge_has_the_providers_name",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "external_id"], name="attempts_by_external_id"),
            models.Index(
                fields=["state", "sent_at"],
                condition=Q(state__in=["created", "sent", "unknown", "processing"]),
                name="attempts_under_way",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ProviderEvent(Identified):
    """What a provider told us, once each. It says what to look at: what is true now is fetched."""

    # What is told of a charge of which something went back.
    REFUNDED: Final = "charge.refunded"

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="events")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    external_id = models.CharField(max_length=100)
    kind = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=100)
    happened_at = models.DateTimeField()
    # "webhook", or "poll" when the list of events filled a gap.
    by = models.CharField(max_length=8, default="webhook")
    state = models.CharField(max_length=12, default="received")
    tries = models.PositiveSmallIntegerField(default=0)
    # When its object was last asked for, and is next.
    asked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_id"], name="an_event_is_taken_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(state__in=["received", "parked"]),
                name="events_to_apply",
            ),
            models.Index(
                fields=["object_id"],
                condition=Q(state__in=["received", "parked"]),
                name="events_by_object",
            ),
            models.Index(fields=["cooperative", "-id"], name="events_by_cooperative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    @property
    def tells_of_refunds(self) -> bool:
        """Whether it says of a charge that something of it went back."""
        return self.object_kind == "charge" and self.kind == self.REFUNDED

    @property
    def subject(self) -> tuple[UUID, str, str, bool]:
        """What is looked at for it: one look serves all events of the same."""
        return self.account_id, self.object_kind, self.object_id, self.tells_of_refunds
