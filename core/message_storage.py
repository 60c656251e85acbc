"""The storage of flash messages, in a cookie."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class _Cookie(CookieStorage):
    """Named like our other cookies, so that no neighbouring site can put one in its place."""

    cookie_name = settings.NOTES_COOKIE_NAME


class Storage(FallbackStorage):
    storage_classes = (_Cookie, SessionStorage)
