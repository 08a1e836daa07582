from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "mungchi.catalog"
    label = "catalog"
