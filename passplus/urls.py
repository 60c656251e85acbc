"""Every address of the service: French, with a trailing slash, but for one that a standard names."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from demo.gallery.view import gallery
from operations.violations.view import report

from .views import application, faults, front_door, security_txt

handler500 = faults.server_error

house = [
    path("", front_door.start, name="start"),
    path("marque/", application.brand, name="brand"),
    path("manifeste/", application.manifest, name="manifest"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("service-worker/", application.service_worker, name="service_worker"),
    # Said to every browser by the settings.
    path("violations/", report, name="violations"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((house, "passplus"))),
    path("", include("accounts.urls")),
    path("", include("tickets.urls")),
    path("", include("payments.urls")),
    path("", include("applications.urls")),
    path("", include("privacy.urls")),
    path("", include("partners.urls")),
    path("", include("content.urls")),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("galerie/", gallery))
