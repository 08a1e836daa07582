"""Who acts, and where: people, firms, cooperatives, divisions, memberships, seats."""

from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone

from mungchi.accounts.domain.fees import MOST_FEE_BP
from mungchi.common.ids import uuid7
from mungchi.common.models import Identified
from mungchi.common.searching import Letters


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is the name one signs in with."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person; without a password the person can only reset it by e-mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        """Create an operator of the installation, for the admin site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail address, in any letter case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What the person may do comes from seats, not from here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, choices=[("ko", "한국어"), ("en", "English")],
                                default="ko")  # fmt: skip
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.email

    @property
    def called(self) -> str:
        """How the person is named in trails: the name, or the address before the @."""
        return self.name or self.email.partition("@")[0]

    def has_second_factor(self) -> bool:
        """Whether signing in takes more than the password. Recovery codes alone are none."""
        return self.authenticator_set.exclude(type="recovery_codes").exists()


class Cooperative(Identified):
    """An organisation that runs group buys for its member firms.

    Born applied (its own people registered it) or active (operators, the demonstration). Suspended
    or left, it draws up and opens nothing new; what runs goes on to its end.
    """

    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    slug = models.SlugField(max_length=50, unique=True)
    business_number = models.CharField(max_length=10, blank=True)
    region = models.CharField(max_length=40, blank=True)
    representative = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    zone = models.CharField(max_length=40, default="Asia/Seoul")
    currency = models.CharField(max_length=3, default="KRW")
    # Basis points on the supply value of taxable items: 1000 is 10 %.
    vat_rate_bp = models.PositiveIntegerField(default=1000)
    payment_days = models.PositiveSmallIntegerField(default=7)
    # Days after that until what is not paid lapses; what a new campaign begins with.
    grace_days = models.PositiveSmallIntegerField(default=2, db_default=2)
    # What a new campaign begins with; each campaign may differ.
    default_rationing = models.CharField(max_length=12, default="uniform")
    default_open_days = models.PositiveSmallIntegerField(default=14)
    # Basis points on supply value, VAT excluded: what a new campaign of its own begins with, and
    # what it asks of its members in campaigns of others. The latter's past is in MemberFee.
    host_fee_bp = models.PositiveSmallIntegerField(default=0)
    member_fee_bp = models.PositiveSmallIntegerField(default=0)
    # From this supply value on (minor units, VAT excluded) closing by hand is confirmed by typing;
    # none: a press is enough.
    typed_close_from = models.PositiveBigIntegerField(null=True)
    bank_name = models.CharField(max_length=40, blank=True)
    bank_account = models.CharField(max_length=40, blank=True)
    bank_holder = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, default="applied")
    # Why it is in this state, in the words of whoever moved it there; seen by its own people.
    state_reason = models.CharField(max_length=1000, blank=True)
    # Who registered it; becomes its first coordinator.
    applicant = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    # When it was suspended or left: campaigns that opened before still reach its members.
    paused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vat_rate_bp__lte=10_000), name="a_vat_rate_is_at_most_100_percent"
            ),
            models.UniqueConstraint(
                fields=["business_number"],
                condition=~Q(business_number="") & ~Q(state="refused"),
                name="one_cooperative_per_business_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["suspended", "left"], paused_at__isnull=False)
                | Q(state__in=["applied", "refused", "active"], paused_at__isnull=True),
                name="a_paused_cooperative_knows_since_when",
            ),
            models.CheckConstraint(
                condition=Q(default_rationing__in=["uniform", "proportional", "first_come"]),
                name="the_default_rationing_rule_is_known",
            ),
            models.CheckConstraint(
                condition=Q(default_open_days__gte=2, default_open_days__lte=180),
                name="campaigns_are_open_for_2_to_180_days",
            ),
            models.CheckConstraint(
                condition=Q(host_fee_bp__lte=MOST_FEE_BP, member_fee_bp__lte=MOST_FEE_BP),
                name="a_cooperatives_fees_are_at_most_10_percent",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="cooperatives_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def timezone(self) -> ZoneInfo:
        """The zone in which this cooperative's deadlines are read."""
        return ZoneInfo(self.zone)


class Division(Identified):
    """A group of member firms inside a cooperative."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="divisions")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "name"], name="division_names_differ")
        ]

    def __str__(self) -> str:
        return self.name


class Firm(Identified):
    """A company: it may buy, supply, or both.

    `business_number` is null for a firm that came out of a purchase history and has not yet been
    registered by its own people.
    """

    name = models.CharField(max_length=100)
    business_number = models.CharField(max_length=10, null=True, blank=True, unique=True)
    representative = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    # What it does (업종), in the words of its registration.
    trade = models.CharField(max_length=100, blank=True)
    supplies = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(business_number__isnull=True) | Q(business_number__regex=r"^\d{10}$"),
                name="a_business_number_has_ten_digits",
            )
        ]
        # As `holds` asks: three letters or more, and fewer.
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="firms_by_part_of_name"),
            GinIndex(Letters(Upper("name")), name="firms_by_letters"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Identified):
    """A firm in its capacity as member of one cooperative (조합원사)."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="memberships")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="memberships")
    division = models.ForeignKey(Division, models.SET_NULL, null=True, blank=True)
    # The firm's number in the cooperative's own books; purchase histories name firms by it.
    member_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default="applied")
    joined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "firm"], name="a_firm_joins_a_cooperative_once"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "member_code"],
                condition=~Q(member_code=""),
                name="member_codes_differ_within_a_cooperative",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "state", "id"], name="members_by_state")]

    def __str__(self) -> str:
        return f"{self.firm} @ {self.cooperative}"


class Seat(Identified):
    """A person's place: in a firm, in a cooperative's office, or at the platform."""

    user = models.ForeignKey(User, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=12)
    firm = models.ForeignKey(Firm, models.CASCADE, null=True, blank=True, related_name="seats")
    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, null=True, blank=True, related_name="seats"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "firm", "cooperative"],
                name="one_seat_per_person_and_place",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "buyer", "viewer"], firm__isnull=False,
                            cooperative__isnull=True)
                | Q(role__in=["coordinator", "auditor"], firm__isnull=True,
                    cooperative__isnull=False)
                | Q(role="operator", firm__isnull=True, cooperative__isnull=True),
                name="a_seat_is_in_the_place_its_role_belongs_to",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["firm"], name="seats_by_firm"),
            models.Index(fields=["cooperative"], name="seats_by_cooperative"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.firm or self.cooperative or '-'}"
