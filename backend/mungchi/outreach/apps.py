from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "mungchi.outreach"
    label = "outreach"
