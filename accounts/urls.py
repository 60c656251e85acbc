from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from .views import account, activation, child_login, doors, email, mails, openid, second_factor, sign_up

app_name = "accounts"

urlpatterns = [
    path("accueil/", doors.Login.as_view(), name="login"),
    # The address that the département printed for years.
    path(
        "Accueil/",
        login_not_required(RedirectView.as_view(pattern_name="accounts:login", query_string=True)),
    ),
    path("accueil/identifiants-oublies/", doors.forgotten, name="forgotten"),
    path("accueil/identifiants-oublies/envoye/", doors.forgotten_sent, name="forgotten_sent"),
    path("accueil/reconnaitre-cet-appareil/", activation.open_device, name="open_device"),
    path("accueil/premiere-connexion/", activation.activate, name="activate"),
    path(
        "accueil/premiere-connexion/<str:username>/<str:code>/",
        activation.activate_link,
        name="activate_link",
    ),
    path("accueil/pas-encore-inscrit/", sign_up.sign_up, name="sign_up"),
    path("accueil/pas-encore-inscrit/envoye/", sign_up.sign_up_sent, name="sign_up_sent"),
    path("accueil/pas-encore-inscrit/<str:token>/", sign_up.sign_up_link, name="sign_up_link"),
    path("accueil/nouveau-mot-de-passe/<uidb64>/<token>/", doors.reset, name="reset"),
    path("accueil/<openid:key>/", openid.leave, name="openid"),
    path("accueil/<openid:key>/retour/", openid.back, name="openid_back"),
    path("accueil/<openid:key>/associer/", openid.link, name="openid_link"),
    path("deconnexion/", doors.Logout.as_view(), name="logout"),
    path("session/prolonger/", doors.stay, name="stay"),
    path("mon-compte/", account.account, name="account"),
    path("mon-compte/coordonnees/", account.details, name="details"),
    path("mon-compte/e-mail/", email.email, name="email"),
    path("mon-compte/e-mail/<str:token>/", email.confirm_email, name="confirm_email"),
    path("mon-compte/e-mail/ce-n-est-pas-moi/<str:token>/", email.refuse_email, name="refuse_email"),
    path("mon-compte/mot-de-passe/", account.Password.as_view(), name="password"),
    path("mon-compte/second-facteur/", second_factor.ask, name="second_factor"),
    path("mon-compte/second-facteur/codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("mon-compte/e-mails/", mails.choose_mails, name="choose_mails"),
    path("mon-compte/<openid:key>/dissocier/", openid.unlink, name="openid_unlink"),
    path("mon-compte/appareils/", account.end_other_sessions, name="end_other_sessions"),
    path("e-mails/<str:token>/", mails.stop_mails, name="stop_mails"),
    # In the reminders that left before each kind of e-mail had its link.
    path("rappels/<str:token>/", mails.stop_mails),
    path("beneficiaires/<public_id:public_id>/compte/", child_login.child_login, name="child_login"),
    path(
        "beneficiaires/<public_id:public_id>/compte/pret/",
        child_login.child_login_made,
        name="child_login_made",
    ),
]
