"""Questions before the offer: all who may offer read them and the answers, and not who asked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import member, supplier
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi import pipeline
from mungchi.accounts.models import Firm
from mungchi.campaigns import operations
from mungchi.campaigns.models import Question
from mungchi.campaigns.operations import offers, questions
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db


def ask(story: Story, who: object, text: str = "포장을 나눌 수 있습니까?") -> Question:
    return operations.ask_question(actor=who, campaign_id=story.campaign.pk, text=text)


def path(story: Story) -> str:
    return f"/api/v1/campaigns/{story.campaign.pk}/questions"


def test_a_question_is_answered_for_all_and_nobody_reads_who_asked() -> None:
    story = Story(given={"for_all_suppliers": False})
    asker, invited, other = supplier(name="묻는공급"), supplier(), supplier()
    operations.invite_suppliers(
        actor=story.office, campaign_id=story.campaign.pk,
        suppliers=[asker.firm_id, invited.firm_id],
    )  # fmt: skip
    story.sourcing()
    row = ask(story, asker)
    assert ask(story, asker).pk == row.pk
    with pytest.raises(NotFound):
        ask(story, other)
    pipeline.run_stages()
    told = Notification.objects.get(kind="question_asked")
    assert told.user_id == story.office.user_id
    assert "묻는공급" not in told.sentence_ko

    client = client_for(story.office)
    answer = client.post(f"/api/v1/questions/{row.pk}/answer", {"answer": "됩니다."}, format="json")
    assert answer.status_code == 200
    assert answer.json()["answer"] == "됩니다."
    for who, mine in ((asker, True), (invited, False), (story.office, False)):
        (seen,) = client_for(who).get(path(story)).json()["results"]
        assert (seen["text"], seen["answer"], seen["mine"]) == (row.text, "됩니다.", mine)
        assert "firm" not in seen
    assert client_for(other).get(path(story)).status_code == 404
    assert client_for(member(story.host)).get(path(story)).status_code == 404
    trail = client.get(f"/api/v1/campaigns/{story.campaign.pk}/history").content.decode()
    assert "질문에 답변" in trail
    assert "공급사 질문" not in trail
    own = client_for(asker).get("/api/v1/firm/history").content.decode()
    assert "공급사 질문" in own

    pipeline.run_stages()
    heard = Notification.objects.filter(kind="question_answered")
    assert set(heard.values_list("user_id", flat=True)) == {asker.user_id, invited.user_id}


def test_questions_and_answers_end_when_offers_are_due() -> None:
    story = Story().sourcing()
    asker = supplier()
    row = ask(story, asker)
    with clock.shifted(timedelta(days=3)):
        with pytest.raises(offers.OffersNotTaken):
            ask(story, asker, "아직 됩니까?")
        with pytest.raises(questions.QuestionsOver):
            operations.answer_question(actor=story.office, question_id=row.pk, answer="늦음")
        # What was asked can still be read.
        assert len(client_for(asker).get(path(story)).json()["results"]) == 1
    operations.answer_question(actor=story.office, question_id=row.pk, answer="하나")
    operations.answer_question(actor=story.office, question_id=row.pk, answer="하나")
    operations.answer_question(actor=story.office, question_id=row.pk, answer="둘")
    assert History.objects.filter(kind="question_answered").count() == 2
    with pytest.raises(NotFound):
        operations.answer_question(actor=Story().office, question_id=row.pk, answer="남의 일")


def test_a_firm_asks_twenty_at_most_and_no_firm_that_does_not_supply() -> None:
    story = Story().sourcing()
    asker = supplier()
    for number in range(questions.MOST_QUESTIONS):
        ask(story, asker, f"질문 {number}")
    with pytest.raises(questions.TooManyQuestions):
        ask(story, asker, "하나 더")
    ask(story, supplier(), "다른 곳은 됩니다")
    buyer = member(story.host)
    assert not Firm.objects.get(pk=buyer.firm_id).supplies
    with pytest.raises(offers.OffersNotTaken):
        ask(story, buyer)


def test_as_many_queries_for_three_as_for_one() -> None:
    story = Story().sourcing()
    ask(story, supplier())
    client = client_for(story.office)
    with CaptureQueriesContext(connection) as one:
        client.get(path(story))
    ask(story, supplier())
    ask(story, supplier())
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(path(story)).json()["results"]) == 3
    assert len(one) == len(three)
    assert client.get(path(story) + "?export=xlsx").content[:2] == b"PK"
