"""What a firm chose to happen with what it does not get, and what happened."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Firm
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.commitments import Commitment
from mungchi.common.models import Identified
from mungchi.demand.models import Need


class PlanB(Identified):
    """What becomes of a commitment where its campaign gives the firm less than it asked for.

    need: what is left becomes a need again. campaign: it is committed to `alternative` by the same
    conditions if that can be joined then, else it becomes a need. The firm's own: in a table beside
    the commitment, because the host reads that. Open until nothing more can come of it.
    """

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="plan_b")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    alternative = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="need", alternative__isnull=True)
                | Q(kind="campaign", alternative__isnull=False),
                name="a_plan_b_names_another_campaign_or_none",
            ),
            models.CheckConstraint(
                condition=Q(alternative__isnull=True) | ~Q(alternative=models.F("campaign")),
                name="a_plan_b_is_not_the_campaign_itself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["campaign"], condition=Q(settled_at__isnull=True), name="plans_b_left_to_do"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.kind}"


class PlanBResult(Identified):
    """What a plan B came to: after the clearing, and once more where what was won fell through.

    joined: `joined` is the commitment. need_opened, need_stays: `need` is the need, made for it or
    there already. nothing: neither could be done. `refused`: why the alternative was not joined.
    """

    plan = models.ForeignKey(PlanB, models.PROTECT, related_name="results")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    after = models.CharField(max_length=8)
    quantity = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    joined = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="+")
    refused = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "after"], name="a_plan_b_is_carried_out_once"
            ),
            models.CheckConstraint(
                condition=Q(after__in=["clearing", "failure"]),
                name="a_plan_b_follows_a_clearing_or_a_failure",
            ),
            models.CheckConstraint(
                condition=Q(outcome="joined", joined__isnull=False, need__isnull=True)
                | Q(outcome__in=["need_opened", "need_stays"], need__isnull=False,
                    joined__isnull=True)
                | Q(outcome="nothing", need__isnull=True, joined__isnull=True),
                name="a_plan_b_came_to_what_it_names",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan}: {self.outcome}"
