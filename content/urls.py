from django.urls import path

from . import views

app_name = "content"

urlpatterns = [
    path("soutien-scolaire/", views.page, {"template": "content/tutoring.html"}, name="tutoring"),
    path("actualites/", views.page, {"template": "content/news.html"}, name="news"),
    path("aide/", views.page, {"template": "content/help.html"}, name="help"),
    path("plan-du-site/", views.page, {"template": "content/sitemap.html"}, name="sitemap"),
    path("accessibilite/", views.page, {"template": "content/accessibility.html"}, name="accessibility"),
    path("hors-ligne/", views.page, {"template": "content/offline.html"}, name="offline"),
]
