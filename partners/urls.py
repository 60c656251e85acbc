from django.urls import path

from . import views

app_name = "partners"

urlpatterns = [
    path("partenaires/", views.directory, name="directory"),
    path("partenaires/carte/", views.on_map, name="map"),
    path("partenaires/proposer/", views.suggest, name="suggest"),
    path("partenaires/proposer/merci/", views.suggested, name="suggested"),
    path("donnees-ouvertes/", views.open_data_page, name="open_data"),
    path("donnees-ouvertes/organismes/csv/", views.as_csv, name="csv"),
    path("donnees-ouvertes/organismes/geojson/", views.as_geojson, name="geojson"),
]
