"""What a shared address shows to anybody: a small page and a picture, outside the API.

Chat programs read the page for its title, description and picture, and keep what they read; people
read it without signing in. Nothing here knows a seat: see domain.share for what is told.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from mungchi.campaigns import operations
from mungchi.campaigns.api.shared_limits import SharedLimit
from mungchi.campaigns.domain import share_card, share_page
from mungchi.campaigns.domain.share import Glimpse
from mungchi.catalog.queries import files_of_item, item_file
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.problems import language, too_many_requests

# Shared caches may keep what everybody is told, but not for long: an address may end.
KEPT: Final = "public, max-age=60"
# Nothing runs, nothing comes from elsewhere, and nobody frames it.
POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def picture_path(token: str, shown: Glimpse, spoken: str) -> str:
    """Where the picture of what is told now is: another address when it is another."""
    return f"/s/{token}/{spoken}-{operations.fingerprint_of(shown, spoken)}.png"


def _limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Count who asks, answer in the language asked for, and say what holds of all answers."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        limit = SharedLimit()
        asked: Any = request
        if not limit.allow_request(asked, None):  # type: ignore[arg-type]
            return too_many_requests(retry_after=int(limit.wait() or 1))
        wanted = request.GET.get("lang")
        with translation.override(wanted if wanted in {"ko", "en"} else language()):
            try:
                response = view(request, **kwargs)
            except NotFound:
                response = _gone()
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        response["Content-Security-Policy"] = POLICY
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@require_safe
@_limited
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The campaign for somebody who was told its address, in Korean or English."""
    share, shown = operations.glimpse(token=token)
    spoken = language()
    told = share_page.page(shown, spoken, clock.now(), figures_at=share.figures_at)
    way = urlencode({"next": f"/told/{token}"})
    address = f"{settings.PUBLIC_URL}/s/{token}"
    body = render_to_string(
        "shared/page.html",
        {
            **told,
            "language": spoken,
            "address": address,
            "here": f"{address}?lang={spoken}",
            "picture": settings.PUBLIC_URL + picture_path(token, shown, spoken),
            "item_image": f"/s/{token}/item.webp" if share.campaign.item.cover else "",
            # As text: numbers in templates are grouped.
            "width": str(share_card.WIDTH),
            "height": str(share_card.HEIGHT),
            "sign_in": f"/sign-in?{way}",
            "sign_up": f"/sign-up?{way}",
        },
    )
    response = HttpResponse(body)
    response["Cache-Control"] = KEPT
    return response


@require_safe
@_limited
def picture(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """The picture as it is now, whatever version is asked for; its language stands in its name."""
    spoken = name.partition("-")[0]
    if spoken not in {"ko", "en"}:
        raise NotFound
    version, content = operations.picture(token=token, language=spoken)
    tag = f'"{version}"'
    if tag in (part.strip() for part in request.headers.get("If-None-Match", "").split(",")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type="image/png")
    response["ETag"] = tag
    response["Cache-Control"] = KEPT
    # Chat programs and mail readers show it within their own pages.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@_limited
def item_image(request: HttpRequest, token: str) -> HttpResponse:
    """The image of the campaign's item that lists show."""
    share, _ = operations.glimpse(token=token, anew=False)
    item = share.campaign.item
    image = item_file(files_of_item(item), item.cover, small=True)
    response = HttpResponse(bytes(image.small or b""), content_type=image.content_type)
    response["Cache-Control"] = KEPT
    return response


def _gone() -> HttpResponse:
    """The same for an address that never was, was turned off, or was renewed."""
    body = render_to_string(
        "shared/gone.html", {**share_page.gone(language()), "language": language()}
    )
    response = HttpResponse(body, status=404)
    response["Cache-Control"] = "no-store"
    return response
