from django.urls import path

from . import feeds, views
from .models import PageKey

app_name = "content"
TEXT_ALONE = [key for key in PageKey if key != PageKey.CONTACT]

urlpatterns = [
    path("actualites/", views.news, name="news"),
    path("actualites/flux/", feeds.feed, name="feed"),
    path("actualites/<slug:slug>/", views.article, name="article"),
    path("aide/", views.help_topics, name="help"),
    path("aide/guide/", views.template, {"template": "content/guide.html"}, name="guide"),
    # The address of its text, whose page has a form too.
    path(f"{PageKey.CONTACT}/", views.contact, name="contact"),
    path("contact/envoye/", views.contacted, name="contacted"),
    *(path(f"{key}/", views.page, {"key": key.value}, name=key.name.lower()) for key in TEXT_ALONE),
    path("plan-du-site/", views.template, {"template": "content/sitemap.html"}, name="sitemap"),
    path("accessibilite/", views.template, {"template": "content/accessibility.html"}, name="accessibility"),
    path("hors-ligne/", views.template, {"template": "content/offline.html"}, name="offline"),
]
