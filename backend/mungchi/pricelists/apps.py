from django.apps import AppConfig


class PriceListsConfig(AppConfig):
    name = "mungchi.pricelists"
    label = "pricelists"
