from django.apps import AppConfig
from django.contrib.admin import apps as admin


class CommonConfig(AppConfig):
    name = "mungchi.common"
    label = "common"

    def ready(self) -> None:
        """Fields speak our words from the beginning."""
        from mungchi.common.validation_words import speak_ourselves  # noqa: PLC0415 - after Django

        speak_ourselves()


class OperatorsSiteConfig(admin.AdminConfig):
    """Django's admin with the sign-in that everybody has; see common.admin_site."""

    default = False
    default_site = "mungchi.common.admin_site.OperatorsSite"
