from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from . import views

app_name = "accounts"

urlpatterns = [
    path("accueil/", views.Login.as_view(), name="login"),
    # The address that the département printed for years.
    path(
        "Accueil/",
        login_not_required(RedirectView.as_view(pattern_name="accounts:login", query_string=True)),
    ),
    path("accueil/identifiants-oublies/", views.forgotten, name="forgotten"),
    path("accueil/identifiants-oublies/envoye/", views.forgotten_sent, name="forgotten_sent"),
    path("accueil/nouveau-mot-de-passe/<uidb64>/<token>/", views.Reset.as_view(), name="reset"),
    path("deconnexion/", views.Logout.as_view(), name="logout"),
    path("session/prolonger/", views.stay, name="stay"),
    path("mon-compte/", views.account, name="account"),
    path("mon-compte/mot-de-passe/", views.Password.as_view(), name="password"),
]
