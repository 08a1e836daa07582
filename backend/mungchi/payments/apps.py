from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "mungchi.payments"
    label = "payments"
