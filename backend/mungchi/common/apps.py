from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "mungchi.common"
    label = "common"
