from django.urls import path

from . import views

app_name = "partners"

urlpatterns = [
    path("partenaires/", views.directory, name="directory"),
]
