from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "mungchi.deliveries"
    label = "deliveries"
