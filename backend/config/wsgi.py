"""The API as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from mungchi.common.charset import reading_charsets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = reading_charsets(get_wsgi_application())
