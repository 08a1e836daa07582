"""How other apps' answers tell of this app's rows."""

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.sentences import without_totals
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.campaigns.operations.closing import numbers_of
from mungchi.common.problems import language


def told_reason(actor: Actor, campaign: Campaign, run: ClearingRun) -> str:
    """The clearing in a sentence in the caller's language, without totals where they would tell."""
    if not queries.may_know_totals(actor, campaign, run):
        sentence = without_totals(run.unit_price, numbers_of(campaign))
        return sentence.say(language())
    return run.sentence_en if language() == "en" else run.sentence_ko
