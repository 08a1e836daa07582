"""People choose how they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.text import Text
from mungchi.notifications.domain.hours import next_digest
from mungchi.notifications.domain.kinds import CHOSEN, DIGEST, KINDS, NOW, OFF
from mungchi.notifications.models import Mail, Mailbox, Notification, Preference
from mungchi.notifications.queries.choices import zones_of
from mungchi.notifications.queries.unsubscribing import DAILY, mail_ways, read_token


class CannotBeTurnedOff(Conflict):
    """The kind is necessary: security, or money that is owed."""

    code = "cannot_be_turned_off"
    message = Text(
        ko="안전이나 갚을 돈에 관한 알림은 끌 수 없습니다.",
        en="Notices about security or money that is owed cannot be turned off.",
    )


class UnknownKind(Invalid):
    """No kind of notice has this name."""

    code = "unknown_kind"
    field = "kind"
    message = Text(ko="없는 알림 종류입니다.", en="There is no such kind of notice.")


class QuietHoursNeedBoth(Invalid):
    """Quiet hours have a beginning and an end that differ, or neither."""

    code = "quiet_hours_need_both"
    field = "quiet_to"
    message = Text(
        ko="조용한 시간은 시작과 끝을 서로 다르게 함께 정해 주십시오.",
        en="Quiet hours need both a beginning and another time as their end.",
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """For one kind: whether it is shown on the screen, and how it is mailed."""

    kind: str
    shown: bool
    mail: str


def choose(*, actor: Actor, wanted: Sequence[Wanted]) -> None:
    """Keep the person's choices for some kinds; what equals the usual is not kept.

    What waits to be mailed follows: of a kind that is not mailed at once any more nothing goes out.
    Raises UnknownKind, CannotBeTurnedOff.
    """
    assert actor.user_id is not None  # noqa: S101 - whoever chooses is signed in
    for one in wanted:
        if one.kind not in CHOSEN:
            raise UnknownKind
        if KINDS[one.kind].necessary and (not one.shown or one.mail != NOW):
            raise CannotBeTurnedOff
    with transaction.atomic():
        _keep(actor.user_id, [one for one in wanted if not KINDS[one.kind].necessary])


def _keep(user_id: UUID, wanted: Sequence[Wanted]) -> None:
    """Save, in one order for all so that two windows do not wait for each other for ever."""
    for one in sorted(wanted, key=lambda each: each.kind):
        mine = Preference.objects.filter(user_id=user_id, kind=one.kind)
        if (one.shown, one.mail) == (True, KINDS[one.kind].mail):
            mine.delete()
        else:
            Preference.objects.update_or_create(
                user_id=user_id, kind=one.kind, defaults={"shown": one.shown, "mail": one.mail}
            )
    _follow(user_id, {one.kind for one in wanted if one.mail != NOW}, "now")
    _follow(user_id, {one.kind for one in wanted if one.mail == OFF}, "digest")


def _follow(user_id: UUID, kinds: set[str], way: str) -> None:
    """Let nothing of these kinds go out any more that waits to."""
    names = {name for name, kind in KINDS.items() if name in kinds or kind.under in kinds}
    if way == "now":
        Mail.objects.filter(user_id=user_id, state="waiting", notification__kind__in=names).update(
            state="dropped"
        )
    else:
        Notification.objects.filter(
            user_id=user_id, digest_after__isnull=False, kind__in=names
        ).update(digest_after=None)


def arrange_mailbox(
    *,
    actor: Actor,
    only_necessary: bool,
    quiet_from: time | None,
    quiet_to: time | None,
    digest_at: time,
    try_again: bool = False,
) -> Mailbox:
    """Keep what holds for all e-mails of the person; `try_again`: the refused address is good.

    Raises QuietHoursNeedBoth.
    """
    if (quiet_from is None) != (quiet_to is None) or (quiet_from and quiet_from == quiet_to):
        raise QuietHoursNeedBoth
    assert actor.user_id is not None  # noqa: S101 - whoever chooses is signed in
    changes: dict[str, object] = {
        "only_necessary": only_necessary, "quiet_from": quiet_from, "quiet_to": quiet_to,
        "digest_at": digest_at,
    }  # fmt: skip
    if try_again:
        changes |= {"refused_address": "", "refused_at": None, "refused_answer": ""}
    with transaction.atomic():
        box, _ = Mailbox.objects.update_or_create(user_id=actor.user_id, defaults=changes)
        if only_necessary:
            _stop_all(actor.user_id)
        _move_letter(actor.user_id, digest_at)
    return box


def _move_letter(user_id: UUID, digest_at: time) -> None:
    """Let what waits for the daily letter wait for its new time."""
    waiting = list(Notification.objects.filter(user_id=user_id, digest_after__isnull=False))
    zones, at = zones_of({row.seat_id for row in waiting}), clock.now()
    for row in waiting:
        row.digest_after = next_digest(at, digest_at, zones[row.seat_id])
    Notification.objects.bulk_update(waiting, ["digest_after"])


def _stop_all(user_id: UUID) -> None:
    optional = {name for name, kind in KINDS.items() if not kind.necessary}
    _follow(user_id, optional, "now")
    _follow(user_id, optional, "digest")


def unsubscribe(*, token: str, everything: bool = False) -> str:
    """Turn off the e-mails of the token's kind, or all but the necessary ones; return the kind.

    Again: changes nothing. Whoever holds an e-mail may: it names nobody and shows nothing. Raises
    UnknownToken; CannotBeTurnedOff for a kind that has become necessary.
    """
    user_id, kind = read_token(token)
    with transaction.atomic():
        if everything:
            Mailbox.objects.update_or_create(user_id=user_id, defaults={"only_necessary": True})
            _stop_all(user_id)
        elif kind in KINDS and KINDS[kind].necessary:
            raise CannotBeTurnedOff
        else:
            ways = mail_ways(user_id)
            names = [n for n in ways if ways[n] == DIGEST] if kind == DAILY else [kind]
            hidden = set(
                Preference.objects.filter(user_id=user_id, shown=False).values_list(
                    "kind", flat=True
                )
            )
            _keep(user_id, [Wanted(name, name not in hidden, OFF) for name in names])
    return kind
