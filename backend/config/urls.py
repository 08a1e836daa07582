"""Every address the server answers to."""

from allauth.headless.account.views import SignupView
from allauth.headless.constants import Client
from django.contrib import admin
from django.db import transaction
from django.urls import include, path

from mungchi.common import health

admin.site.site_header = "뭉치 Mungchi"
admin.site.site_title = "뭉치"
admin.site.enable_nav_sidebar = True

api_v1 = [
    path("", include("mungchi.accounts.api.urls")),
    path("", include("mungchi.catalog.api.urls")),
    path("", include("mungchi.demand.api.urls")),
    path("", include("mungchi.campaigns.api.urls")),
    path("", include("mungchi.pricelists.api.urls")),
    path("", include("mungchi.orders.api.urls")),
    path("", include("mungchi.payments.api.urls")),
    path("", include("mungchi.deliveries.api.urls")),
    path("", include("mungchi.outreach.api.urls")),
    path("", include("mungchi.notifications.api.urls")),
    path("", include("mungchi.reports.api.urls")),
]

# A person and the letter to it, or neither: allauth itself opens no transaction.
sign_up = transaction.atomic(SignupView.as_api_view(client=Client.BROWSER))

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("admin/", admin.site.urls),
    path("s/", include("mungchi.campaigns.api.shared_urls")),
    path("api/auth/browser/v1/", include("mungchi.accounts.api.factors")),
    path("api/auth/browser/v1/auth/signup", sign_up),
    path("api/auth/", include("allauth.headless.urls")),
    path("api/v1/", include(api_v1)),
]
handler404 = "mungchi.common.problems.not_found"
handler500 = "mungchi.common.problems.server_error"
handler400 = "mungchi.common.problems.bad_request"
handler403 = "mungchi.common.problems.forbidden"
