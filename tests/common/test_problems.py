"""Everything that can go wrong has one shape, in the reader's language."""

import copy
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import clear_url_caches, path
from django.utils import translation
from rest_framework import exceptions, serializers

from mungchi.common.errors import Conflict, Invalid, NotAllowed, NotFound
from mungchi.common.price_fields import price_input
from mungchi.common.problems import CONTENT_TYPE, TITLES, exception_handler
from mungchi.common.text import Text
from mungchi.common.validation_words import WORDS

MEMBERS = {"type", "title", "status", "code", "detail", "fields", "request_id"}


class PriceWrong(Invalid):
    code = "price_wrong"
    field = "price"
    message = Text(ko="{price}은 안 됩니다.", en="{price} will not do.")


class Elaborate(Conflict):
    code = "elaborate"

    @property
    def extra(self) -> dict[str, Any]:
        return {"by": "me"}


def handle(error: Exception, language: str = "ko") -> Any:
    with translation.override(language):
        answer = exception_handler(error, {})
    assert answer is not None
    assert answer.content_type == CONTENT_TYPE
    assert set(answer.data) >= MEMBERS
    assert answer.data["status"] == answer.status_code
    assert answer.data["type"] == f"urn:mungchi:problem:{answer.data['code']}"
    return answer


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotAllowed(), 403, "not_allowed"),
        (NotFound(), 404, "not_found"),
        (Conflict(), 409, "conflict"),
        (Invalid(), 422, "invalid"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.ParseError("x"), 400, "parse_error"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.UnsupportedMediaType("text/xml"), 415, "unsupported_media_type"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.Throttled(wait=7.2), 429, "throttled"),
        (exceptions.ValidationError("x"), 422, "invalid"),
    ],
)
def test_every_kind_in_both_languages(error: Exception, status: int, code: str) -> None:
    korean, english = handle(error, "ko"), handle(error, "en")
    assert (korean.status_code, korean.data["code"]) == (status, code)
    assert korean.data["title"] == TITLES[status].ko
    assert english.data["title"] == TITLES[status].en
    assert korean.data["detail"] != english.data["detail"]
    assert not korean.data["detail"].isascii()
    assert english.data["detail"].isascii()


def test_a_field_is_named_with_its_code_and_sentence() -> None:
    said = {"price": [{"code": "price_wrong", "message": "-1은 안 됩니다."}]}
    assert handle(PriceWrong(price=-1)).data["fields"] == said
    assert handle(PriceWrong(price=-1), "en").data["detail"] == "-1 will not do."
    assert handle(Elaborate()).data["by"] == "me"


def test_who_is_throttled_is_told_how_long() -> None:
    assert handle(exceptions.Throttled(wait=7.2))["Retry-After"] == "8"


def test_what_is_not_ours_to_explain_stays_an_error() -> None:
    assert exception_handler(ZeroDivisionError(), {}) is None


class Tier(serializers.Serializer):
    least = serializers.IntegerField(min_value=1)
    price = serializers.DecimalField(max_digits=5, decimal_places=2)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["least"] == 7:
            raise serializers.ValidationError("seven", code="seven")
        return attrs


class Offer(serializers.Serializer):
    tiers = Tier(many=True)
    days = serializers.ListField(child=serializers.IntegerField())
    note = serializers.CharField()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"tiers": ["required"], "days": ["required"], "note": ["required"]}),
        (
            {"tiers": [{"least": 1, "price": "1"}, {"least": 0, "price": "x"}], "days": [],
             "note": ""},
            {"tiers.1.least": ["min_value"], "tiers.1.price": ["invalid"], "note": ["blank"]},
        ),
        ({"tiers": [{"least": 7, "price": "1"}], "days": [1], "note": "x"}, {"tiers.0": ["seven"]}),
        ({"tiers": [], "days": [1, "x"], "note": "x"}, {"days.1": ["invalid"]}),
        ({"tiers": "x", "days": "x", "note": []},
         {"tiers": ["not_a_list"], "days": ["not_a_list"], "note": ["invalid"]}),
        ([], {"": ["invalid"]}),
    ],
)  # fmt: skip
def test_nested_fields_are_named_by_their_path(body: Any, named: dict[str, list[str]]) -> None:
    form = Offer(data=body)
    with pytest.raises(exceptions.ValidationError) as raised:
        form.is_valid(raise_exception=True)
    fields = handle(raised.value).data["fields"]
    assert {name: [e["code"] for e in entries] for name, entries in fields.items()} == named
    assert all(e["message"] for entries in fields.values() for e in entries)


def test_form_errors_are_spoken_in_korean() -> None:
    with translation.override("ko"):
        form = Offer(data={})
        form.is_valid()
        message = str(form.errors["note"][0])
    assert not message.isascii()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_django_itself_refuses_has_the_same_shape(language: str) -> None:
    answer = Client().get("/api/nowhere", headers={"Accept-Language": language})
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (404, CONTENT_TYPE)
    assert set(body) == MEMBERS
    assert body["title"] == TITLES[404].say(language)


def test_a_crash_tells_nothing_but_its_request_id(monkeypatch: pytest.MonkeyPatch) -> None:
    import config.urls

    def crash(request: object) -> None:
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr(config.urls, "urlpatterns", [path("broken", crash)])
    clear_url_caches()
    try:
        answer = Client(raise_request_exception=False).get("/broken")
    finally:
        monkeypatch.undo()
        clear_url_caches()
    assert answer.status_code == 500
    assert answer["Content-Type"] == CONTENT_TYPE
    assert b"secret" not in answer.content
    assert answer.json()["request_id"] == answer["X-Request-ID"]


def said_by(field: serializers.Field, value: Any, language: str) -> tuple[str, str]:
    """(code, sentence) of the refusal of a value."""
    with translation.override(language):
        try:
            field.run_validation(value)
        except exceptions.ValidationError as refused:
            (detail,) = refused.detail
            return detail.code, str(detail)
    raise AssertionError(f"{value!r} was taken")


@pytest.mark.parametrize(
    ("field", "value", "code", "korean", "english"),
    [
        (serializers.IntegerField(min_value=1), 0, "min_value", "1 이상이어야 합니다.",
         "This must be 1 or more."),
        (serializers.IntegerField(max_value=10_000), 10**5, "max_value",
         "10,000 이하여야 합니다.", "This must be 10,000 or less."),
        (serializers.IntegerField(), "1.5", "invalid", "소수점 없는 숫자로 입력해 주십시오.",
         "Please enter a whole number."),
        (serializers.IntegerField(), None, "null", "비워 둘 수 없습니다.",
         "This may not be empty."),
        (serializers.DateField(), "내일", "invalid",
         "날짜를 읽을 수 없습니다. 2026-11-28처럼 입력해 주십시오.",
         "This day cannot be read. Please enter it as in 2026-11-28."),
        (serializers.DecimalField(max_digits=18, decimal_places=6), "1" * 19, "max_digits",
         "숫자가 너무 깁니다. 모두 18자리까지 입력할 수 있습니다.",
         "This number is too long: 18 digits in all are possible."),
        (serializers.CharField(max_length=3), "abcd", "max_length", "3자 이하로 입력해 주십시오.",
         "Please enter 3 characters at most."),
        (serializers.EmailField(), "x", "invalid",
         "이메일 주소가 올바르지 않습니다. name@example.com처럼 입력해 주십시오.",
         "This is no e-mail address. Please enter it as in name@example.com."),
        (serializers.ChoiceField(choices=["a"]), "b", "invalid_choice",
         "목록에 있는 것을 골라 주십시오.", "Please choose one of the list."),
        (price_input(), "0", "min_value", "0보다 커야 합니다.", "This must be more than 0."),
    ],
)  # fmt: skip
def test_a_field_speaks_our_words_in_the_readers_language(
    field: serializers.Field, value: Any, code: str, korean: str, english: str
) -> None:
    assert said_by(copy.deepcopy(field), value, "ko") == (code, korean)
    assert said_by(copy.deepcopy(field), value, "en") == (code, english)


def test_no_field_in_use_speaks_the_frameworks_words() -> None:
    for field, words in WORDS.items():
        ours = {str(text.en) for text in words.values()}
        with translation.override("en"):
            own = field.__dict__["default_error_messages"]
            theirs = {code: str(own[code]) for code in own if str(own[code]) not in ours}
        assert theirs == {}, field
