from django.apps import AppConfig


class DemandConfig(AppConfig):
    name = "mungchi.demand"
    label = "demand"
