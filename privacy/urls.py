from django.urls import path

from . import views

app_name = "privacy"

urlpatterns = [path("mon-compte/mes-donnees/", views.download_my_data, name="my_data")]
