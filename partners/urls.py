from django.urls import URLPattern, URLResolver, include, path

from .views import (
    directory,
    invitations,
    invited,
    members,
    mine,
    new_member,
    open_data,
    organisme,
    partner,
    suggestion,
)

app_name = "partners"

of_an_organisme: list[URLPattern | URLResolver] = [
    path("mon-organisme/", organisme.organisme, name="organisme"),
    path("membres/<number:membership_id>/role/", members.change_role, name="change_role"),
    path("membres/<number:membership_id>/fermer/", members.close, name="close_member"),
    path("invitations/", invitations.invite, name="invite"),
    path("invitations/<number:invitation_id>/renvoyer/", invitations.send_again, name="send_again"),
    path("invitations/<number:invitation_id>/retirer/", invitations.withdraw, name="withdraw"),
]

urlpatterns = [
    path("organismes/", mine.mine, name="mine"),
    path("organismes/<number:partner_id>/", include(of_an_organisme)),
    path("invitation/<str:token>/", invited.invitation, name="invitation"),
    path("invitation/<str:token>/nouveau-compte/", new_member.new_account, name="new_member"),
    path("partenaires/", directory.directory, name="directory"),
    path("partenaires/carte/", directory.on_map, name="map"),
    path("partenaires/<number:partner_id>/", partner.partner, name="partner"),
    path("partenaires/proposer/", suggestion.suggest, name="suggest"),
    path("partenaires/proposer/merci/", suggestion.suggested, name="suggested"),
    path("donnees-ouvertes/", open_data.open_data_page, name="open_data"),
    path("donnees-ouvertes/organismes/csv/", open_data.as_csv, name="csv"),
    path("donnees-ouvertes/organismes/geojson/", open_data.as_geojson, name="geojson"),
]
