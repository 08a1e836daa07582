from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "mungchi.orders"
    label = "orders"
