from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "mungchi.campaigns"
    label = "campaigns"
