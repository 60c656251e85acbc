from django.urls import path

from . import change_views, enrolment_views, invited_views, views

app_name = "applications"

SCHOOL = "beneficiaires/<public_id:public_id>/college/"
GUARDIAN = "beneficiaires/<public_id:public_id>/responsable/"
SCHOLARSHIP = "beneficiaires/<public_id:public_id>/loisirs/bourse/<number:campaign_id>/"

urlpatterns = [
    path(SCHOLARSHIP, views.scholarship, name="scholarship"),
    path(SCHOOL, change_views.school, name="school"),
    path(f"{SCHOOL}retirer/", change_views.withdraw_school, name="withdraw_school"),
    path(GUARDIAN, change_views.guardian, name="guardian"),
    path(f"{GUARDIAN}retirer/", change_views.withdraw_guardian, name="withdraw_guardian"),
    path("responsable/<str:token>/", invited_views.invitation, name="join"),
    path("responsable/<str:token>/nouveau-compte/", invited_views.new_account, name="join_new"),
    path("inscriptions/nouvelle/", enrolment_views.enrol, name="enrol"),
    path("inscriptions/<number:number>/", enrolment_views.enrolment, name="enrolment"),
    path("inscriptions/<number:number>/retirer/", enrolment_views.withdraw, name="withdraw_enrolment"),
    path(f"{SCHOLARSHIP}retirer/", views.withdraw, name="withdraw"),
]
