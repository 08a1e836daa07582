"""What an e-mail says, in its reader's language: the text, the HTML, the heads."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from mungchi.accounts.domain.permissions import ROLE_WORDS
from mungchi.accounts.models import Seat
from mungchi.campaigns.models import Campaign
from mungchi.common.text import BRAND, Text
from mungchi.notifications.domain.kinds import KINDS
from mungchi.notifications.domain.wording import day_of
from mungchi.notifications.models import Mail, Notification
from mungchi.notifications.queries.unsubscribing import DAILY, token_for

DIGEST_TITLE: Final = Text(ko="{day} 알림 {count}건", en="{count} {count:notice|notices}, {day}")
# So many stand in the letter itself; the rest is on the screen.
MOST_IN_DIGEST: Final = 50
UNSUBSCRIBE = "/api/v1/unsubscribe"


def message_of(row: Mail, through: BaseEmailBackend) -> EmailMultiAlternatives | None:
    """The message of an e-mail, to be sent through a connection; None when nothing is left of it.

    Its Message-ID is the row's, so that one sent twice is known for one.
    """
    language = row.user.language
    notice = row.notification
    about = ""
    if notice is not None:
        title = KINDS[notice.kind].title.say(language)
        about = _campaign_of(row, notice)
        context = _notice(notice, language)
        token = "" if KINDS[notice.kind].necessary else token_for(row.user_id, notice.kind)
    else:
        notices = list(
            row.gathered.select_related("seat__firm", "seat__cooperative").order_by("id")
        )
        if not notices or row.digest_date is None:
            return None
        day = day_of(row.digest_date)
        title = DIGEST_TITLE.format(day=day, count=len(notices)).say(language)
        context = _digest(notices, language)
        token = token_for(row.user_id, DAILY)
    context |= {
        "language": language,
        "korean": language != "en",
        "name": row.user.called,
        "title": title,
        "brand": BRAND.say(language),
        "settings_address": f"{settings.PUBLIC_URL}/settings/notifications",
        "home": settings.PUBLIC_URL,
        "unsubscribe": f"{settings.PUBLIC_URL}/unsubscribe?{urlencode({'token': token})}"
        if token else "",
    }  # fmt: skip
    message = EmailMultiAlternatives(
        subject=f"[{BRAND.say(language)}] {title}{about and f': {about}'}",
        body=render_to_string("notifications/mail.txt", context).strip() + "\n",
        to=[row.user.email],
        connection=through,
        headers=_heads(row, token),
    )
    message.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return message


def _campaign_of(row: Mail, notice: Notification) -> str:
    """The title of the campaign that a notice speaks of, so that subjects can be told apart; "" for
    any other, and where the sentence does not name it either."""
    found = Campaign.objects.filter(pk=row.event.thread) if row.event and row.event.thread else None
    title = found.values_list("title", flat=True).first() if found is not None else None
    return " ".join(title.split()) if title and title in notice.sentence_ko else ""


def _heads(row: Mail, token: str) -> dict[str, str]:
    heads = {
        "Message-ID": f"<{row.pk}@{settings.PUBLIC_HOST}>",
        "Auto-Submitted": "auto-generated",
        "X-Mungchi-Mail": str(row.pk),
    }
    if token:
        # One click without signing in (RFC 8058); the address answers a browser with the page.
        address = f"{settings.PUBLIC_URL}{UNSUBSCRIBE}?{urlencode({'token': token})}"
        heads["List-Unsubscribe"] = f"<{address}>"
        heads["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return heads


def _notice(notice: Notification, language: str) -> dict[str, Any]:
    kind = KINDS[notice.kind]
    return {
        "notices": [_line(notice, language)],
        "digest": False,
        "seat": _seat(notice.seat, language),
        "necessary": kind.necessary.say(language) if kind.necessary else "",
    }


def _digest(notices: Sequence[Notification], language: str) -> dict[str, Any]:
    return {
        "notices": [_line(one, language) for one in notices[:MOST_IN_DIGEST]],
        "digest": True,
        "more": max(0, len(notices) - MOST_IN_DIGEST),
        "list_address": f"{settings.PUBLIC_URL}/notifications",
    }


def _line(notice: Notification, language: str) -> dict[str, str]:
    return {
        "title": KINDS[notice.kind].title.say(language),
        "sentence": notice.sentence_en if language == "en" else notice.sentence_ko,
        "address": _address(notice),
        "seat": _seat(notice.seat, language),
    }


def _address(notice: Notification) -> str:
    """The page, for the seat that was told: the link opens it whatever seat was used last."""
    joined = "&" if "?" in notice.link else "?"
    return f"{settings.PUBLIC_URL}{notice.link}{joined}{urlencode({'seat': notice.seat_id})}"


def _seat(seat: Seat, language: str) -> str:
    place = seat.firm or seat.cooperative
    english = getattr(place, "name_en", "") if language == "en" else ""
    name = english or (place.name if place else BRAND.say(language))
    return f"{name} · {ROLE_WORDS[seat.role].say(language)}"
