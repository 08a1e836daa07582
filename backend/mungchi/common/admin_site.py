"""Django's admin, with the product's own sign-in before it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from mungchi.common import wall

FACTORS_PAGE = "/settings/security"


class OperatorsSite(AdminSite):
    """People sign in on the screen, with its limits and second factor, and come back here.

    For staff; and where the installation asks for a second factor, for staff who have one.
    """

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may see any page here."""
        user: Any = request.user
        if not super().has_permission(request):
            return False
        return not settings.SECOND_FACTOR_REQUIRED or bool(user.has_second_factor())

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Let what a person writes here be kept as this person's."""

        def named(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                wall.name_in_front(request.user.pk)
            return view(request, *args, **kwargs)

        return super().admin_view(named, cacheable)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to where they can sign in, or say that they may not."""
        back = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(back, None) or not back.startswith("/admin/"):
            back = "/admin/"
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(back)}")
        if self.has_permission(request):
            return HttpResponseRedirect(back)
        if super().has_permission(request):
            return HttpResponseRedirect(FACTORS_PAGE)
        context = {**self.each_context(request), "title": "403", **(extra_context or {})}
        return TemplateResponse(request, "admin/not_for_you.html", context, status=403)
