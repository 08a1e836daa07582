"""The second factor of a person: added, removed, reset. allauth keeps and checks it."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Session, User
from mungchi.accounts.operations.account_letters import write_to
from mungchi.accounts.operations.sessions import end_other_sessions
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed
from mungchi.common.history import record
from mungchi.common.text import Text

KINDS: Final[dict[str, Text]] = {
    Authenticator.Type.TOTP: Text(ko="인증 앱", en="authenticator app"),
    Authenticator.Type.WEBAUTHN: Text(ko="패스키", en="passkey"),
    Authenticator.Type.RECOVERY_CODES: Text(ko="복구 코드", en="recovery codes"),
}


class SecondFactorNeeded(Conflict):
    """The last factor stays for as long as one of the person's seats needs one."""

    code = "second_factor_needed"
    message = Text(
        ko="지금 자격에는 2단계 인증이 꼭 필요하므로 마지막 인증 수단은 지울 수 없습니다. "
           "다른 인증 수단을 먼저 추가해 주십시오.",
        en="Your seat needs a second factor, so the last one cannot be removed. "
           "Please add another first.",
    )  # fmt: skip


class PersonUnknown(Invalid):
    """Nobody has this address."""

    code = "person_unknown"
    field = "email"
    message = Text(ko="이 이메일로 가입한 사람이 없습니다.", en="Nobody has this e-mail address.")


class NothingToReset(Conflict):
    """The person has no second factor."""

    code = "nothing_to_reset"
    message = Text(
        ko="이 사람은 2단계 인증을 쓰고 있지 않습니다.", en="This person has no second factor."
    )


class NotYourOwn(NotAllowed):
    """Whoever holds an operator's session must not be able to strip the operator."""

    code = "not_your_own"
    message = Text(
        ko="자신의 2단계 인증은 초기화할 수 없습니다. 다른 운영자에게 요청해 주십시오.",
        en="You cannot reset your own second factor. Please ask another operator.",
    )


def note_factor_added(*, actor: Actor, user: User, factor: Authenticator, kept: str | None) -> None:
    """A person has added a factor, in the present transaction.

    The first one ends the other sessions: they were begun with the password alone.
    """
    kind = KINDS[factor.type]
    record(
        user, kind="second_factor_added", actor=actor, at=clock.now(), data={"type": factor.type}
    )
    others = user.authenticator_set.exclude(type=Authenticator.Type.RECOVERY_CODES)
    if not others.exclude(pk=factor.pk).exists():
        end_other_sessions(actor=actor, user=user, kept=kept)
    write_to(
        user,
        Text(ko="로그인 수단이 추가되었습니다", en="A way to sign in was added"),
        Text(
            ko="계정에 2단계 인증 수단({kind})이 추가되었습니다.",
            en="A second factor was added to your account: {kind}.",
        ).format(kind=kind),
    )


def note_codes_renewed(*, actor: Actor, user: User) -> None:
    """A person has asked for new recovery codes, in the present transaction; the old ones ended."""
    record(user, kind="recovery_codes_renewed", actor=actor, at=clock.now())
    write_to(
        user,
        Text(ko="복구 코드를 새로 만들었습니다", en="Your recovery codes were renewed"),
        Text(
            ko="복구 코드를 새로 만들었습니다. 이전 복구 코드는 더 이상 쓸 수 없습니다.",
            en="New recovery codes were made. The earlier ones no longer work.",
        ),
    )


def remove_factors(*, actor: Actor, user: User, ids: list[int]) -> None:
    """A person removes some of its factors (ids that are none of them count for nothing).

    With the last one the recovery codes go too. Raises SecondFactorNeeded.
    """
    with transaction.atomic():
        queries.lock_person(user.pk)
        all_of_them = user.authenticator_set.exclude(type=Authenticator.Type.RECOVERY_CODES)
        removed = list(all_of_them.filter(pk__in=ids))
        if not removed:
            return
        last = len(removed) == all_of_them.count()
        if last and queries.needs_second_factor(user):
            raise SecondFactorNeeded
        (user.authenticator_set.all() if last else all_of_them.filter(pk__in=ids)).delete()
        at = clock.now()
        for factor in removed:
            data = {"type": factor.type}
            record(user, kind="second_factor_removed", actor=actor, at=at, data=data)
        write_to(
            user,
            Text(ko="로그인 수단이 삭제되었습니다", en="A way to sign in was removed"),
            Text(
                ko="계정에서 2단계 인증 수단({kind})이 삭제되었습니다.",
                en="A second factor was removed from your account: {kind}.",
            ).format(kind=KINDS[removed[0].type]),
        )


def reset_second_factor(*, actor: Actor, email: str, why: str) -> User:
    """An operator takes all factors off somebody who lost them, and ends that person's sessions.

    The person is told, signs in with the password alone, and sets up anew where a seat needs it.
    Raises PersonUnknown, NotYourOwn, NothingToReset.
    """
    with transaction.atomic():
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise PersonUnknown
        if user.pk == actor.user_id:
            raise NotYourOwn
        queries.lock_person(user.pk)
        types = list(user.authenticator_set.order_by("id").values_list("type", flat=True))
        if not types:
            raise NothingToReset
        user.authenticator_set.all().delete()
        Session.objects.filter(user=user).delete()
        record(
            user, kind="second_factor_reset", actor=actor, at=clock.now(), why=why,
            data={"types": types},
        )  # fmt: skip
        write_to(
            user,
            Text(ko="2단계 인증이 초기화되었습니다", en="Your second factor was reset"),
            Text(
                ko="운영자가 2단계 인증을 초기화하고 모든 기기에서 로그아웃했습니다. "
                   "사유: {why}. 비밀번호로 로그인한 뒤 다시 설정해 주십시오.",
                en="An operator has reset your second factor and signed you out everywhere. "
                   "Reason: {why}. Please sign in with your password and set it up again.",
            ).format(why=why),
        )  # fmt: skip
        return user
