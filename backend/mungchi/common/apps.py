from django.apps import AppConfig
from django.contrib.admin import apps as admin


class CommonConfig(AppConfig):
    name = "mungchi.common"
    label = "common"


class OperatorsSiteConfig(admin.AdminConfig):
    """Django's admin with the sign-in that everybody has; see common.admin_site."""

    default = False
    default_site = "mungchi.common.admin_site.OperatorsSite"
