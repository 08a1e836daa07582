"""Questions of suppliers and the office's answers: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import Question
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.text import Text


class QuestionSerializer(serializers.ModelSerializer):
    """A question and its answer. Who asked is told to nobody; `mine` tells one's own apart."""

    mine = serializers.BooleanField(read_only=True)

    class Meta:
        model = Question
        fields = ["id", "text", "asked_at", "answer", "answered_at", "mine"]


class QuestionTextSerializer(serializers.Serializer):
    """A question."""

    text = serializers.CharField(max_length=1000)


class QuestionAnswerSerializer(serializers.Serializer):
    """An answer."""

    answer = serializers.CharField(max_length=2000)


def _zone(question: Question) -> str:
    return question.campaign.host.zone


class QuestionsView(ListView):
    """Questions about a campaign, and asking one."""

    capability = {"GET": "offers.read", "POST": "offers.write"}
    serializer_class = QuestionSerializer
    orders = {"asked": "id", "-asked": "-id"}
    export_name = "questions"
    columns = [
        Column(Text(ko="질문", en="Question"), lambda q: q.text, 60),
        Moment(Text(ko="물은 때", en="Asked"), lambda q: q.asked_at, zone=_zone),
        Column(Text(ko="답변", en="Answer"), lambda q: q.answer, 60),
        Moment(Text(ko="답한 때", en="Answered"), lambda q: q.answered_at, zone=_zone),
    ]

    def rows(self):
        """For the host's office, and for whoever may offer, was asked to, or has offered."""
        return queries.asked_about(actor_of(self.request), self.kwargs["pk"])

    @extend_schema(
        operation_id="ask_question",
        request=QuestionTextSerializer,
        responses={201: QuestionSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask about the campaign, until offers are due."""
        form = QuestionTextSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        row = operations.ask_question(actor=actor, campaign_id=pk, **form.validated_data)
        row.mine = True
        return Response(QuestionSerializer(row).data, status=status.HTTP_201_CREATED)


class AnswerView(APIView):
    """Answering a question."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="answer_question",
        request=QuestionAnswerSerializer,
        responses=QuestionSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Answer, or put the answer right, until offers are due."""
        form = QuestionAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.answer_question(
            actor=actor_of(request), question_id=pk, **form.validated_data
        )
        row.mine = False
        return Response(QuestionSerializer(row).data)
