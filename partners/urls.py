from django.urls import path

from .views import directory, mine, open_data, partner, suggestion

app_name = "partners"

urlpatterns = [
    path("organismes/", mine.mine, name="mine"),
    path("partenaires/", directory.directory, name="directory"),
    path("partenaires/carte/", directory.on_map, name="map"),
    path("partenaires/<number:partner_id>/", partner.partner, name="partner"),
    path("partenaires/proposer/", suggestion.suggest, name="suggest"),
    path("partenaires/proposer/merci/", suggestion.suggested, name="suggested"),
    path("donnees-ouvertes/", open_data.open_data_page, name="open_data"),
    path("donnees-ouvertes/organismes/csv/", open_data.as_csv, name="csv"),
    path("donnees-ouvertes/organismes/geojson/", open_data.as_geojson, name="geojson"),
]
