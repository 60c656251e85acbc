"""Every address of the service: French, with a trailing slash."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", include(([path("", views.start, name="start")], "passplus"))),
    path("", include("accounts.urls")),
    path("", include("tickets.urls")),
    path("", include("partners.urls")),
    path("", include("content.urls")),
    path("admin/", admin.site.urls),
]
