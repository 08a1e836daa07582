from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mungchi.reports"
    label = "reports"
