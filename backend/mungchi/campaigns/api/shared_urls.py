"""Addresses outside the API that people share: short, since they stand in messages."""

from django.urls import path

from mungchi.campaigns.api import shared

urlpatterns = [
    path("<str:token>", shared.page),
    path("<str:token>/item.webp", shared.item_image),
    path("<str:token>/<str:name>.png", shared.picture),
]
