from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "mungchi.notifications"
    label = "notifications"
