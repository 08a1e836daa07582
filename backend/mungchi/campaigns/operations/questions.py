"""Suppliers ask before they offer; the office answers; all who may offer read both."""

from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.models import Question
from mungchi.campaigns.operations.offers import sourcing
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import event
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text

MOST_QUESTIONS = 20


class TooManyQuestions(Conflict):
    """A firm asks MOST_QUESTIONS about a campaign at most."""

    code = "too_many_questions"
    message = Text(
        ko="공동구매 하나에 질문은 20개까지 할 수 있습니다.",
        en="A firm can ask at most twenty questions about a campaign.",
    )


class QuestionsOver(Conflict):
    """Questions are answered until offers are due: an answer after that would help nobody."""

    code = "questions_over"
    message = Text(
        ko="제안 마감이 지나 답변할 수 없습니다.",
        en="Offers are due: questions are no longer answered.",
    )


def ask_question(*, actor: Actor, campaign_id: UUID, text: str) -> Question:
    """A supplier that may offer asks about a campaign; the same words again are the same question.

    Raises NotFound, OffersNotTaken, TooManyQuestions.
    """
    with transaction.atomic():
        campaign, at = sourcing(actor, campaign_id)
        asked = Question.objects.filter(campaign=campaign, firm_id=actor.firm_id)
        same = asked.filter(text=text).first()
        if same is not None:
            return same
        if asked.count() >= MOST_QUESTIONS:
            raise TooManyQuestions
        row = Question.objects.create(
            campaign=campaign, firm_id=actor.firm_id, text=text, asked_at=at
        )
        # Under no campaign and no cooperative: their trails name who did what, and nobody but the
        # firm itself is told who asked.
        event(row, kind="question_asked", actor=actor, at=at, moved=("", "asked"),
              firm_id=actor.firm_id).save(force_insert=True)  # fmt: skip
        wake_pipeline()
        return row


def answer_question(*, actor: Actor, question_id: UUID, answer: str) -> Question:
    """The office answers, or puts its answer right, until offers are due; the same again changes
    nothing. Raises NotFound, QuestionsOver."""
    with transaction.atomic():
        found = queries.questions_visible_to(actor).filter(pk=question_id).first()
        if found is None:
            raise NotFound
        campaign = queries.locked_by_host(actor, found.campaign_id)
        at = clock.now()
        due = campaign.offers_due_at
        if campaign.state != "sourcing" or (due is not None and at >= due):
            raise QuestionsOver
        row = Question.objects.get(pk=question_id)
        if row.answer == answer:
            return row
        before, row.answer, row.answered_at = row.answer, answer, at
        row.save(update_fields=["answer", "answered_at"])
        event(row, kind="question_answered", actor=actor, at=at, thread=campaign.pk,
              cooperative_id=campaign.host_id,
              moved=("answered" if before else "asked", "answered"),
              data={"before": before, "after": answer}).save(force_insert=True)  # fmt: skip
        wake_pipeline()
        return row
