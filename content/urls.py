from django.urls import path

from . import feeds, views
from .models import PageKey

app_name = "content"

urlpatterns = [
    path("actualites/", views.news, name="news"),
    path("actualites/flux/", feeds.feed, name="feed"),
    path("actualites/<slug:slug>/", views.article, name="article"),
    path("aide/", views.help_topics, name="help"),
    path("aide/guide/", views.template, {"template": "content/guide.html"}, name="guide"),
    *(path(f"{key}/", views.page, {"key": key.value}, name=key.name.lower()) for key in PageKey),
    path("plan-du-site/", views.template, {"template": "content/sitemap.html"}, name="sitemap"),
    path("accessibilite/", views.template, {"template": "content/accessibility.html"}, name="accessibility"),
    path("hors-ligne/", views.template, {"template": "content/offline.html"}, name="offline"),
]
