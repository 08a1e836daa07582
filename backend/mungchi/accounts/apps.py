from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mungchi.accounts"
    label = "accounts"
