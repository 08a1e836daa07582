"""The event stream as an ASGI application, for a process of its own beside the API."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from mungchi.live.app import application as make  # noqa: E402  (only after Django is set up)

application = make()
