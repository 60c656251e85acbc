from django.urls import path

from . import (
    attestation_views,
    becoming_views,
    candidacy_views,
    candidacy_withdrawal,
    change_views,
    correction_view,
    enrolment_views,
    invited_views,
    sheet_views,
    signing_views,
    views,
)

app_name = "applications"

SCHOOL = "beneficiaires/<public_id:public_id>/college/"
GUARDIAN = "beneficiaires/<public_id:public_id>/responsable/"
SCHOLARSHIP = "beneficiaires/<public_id:public_id>/loisirs/bourse/<number:campaign_id>/"
CANDIDACY = "candidatures/<number:number>/"
ORGANISME = "organismes/<number:partner_id>/"

urlpatterns = [
    path(SCHOLARSHIP, views.scholarship, name="scholarship"),
    path(SCHOOL, change_views.school, name="school"),
    path(f"{SCHOOL}retirer/", change_views.withdraw_school, name="withdraw_school"),
    path(GUARDIAN, change_views.guardian, name="guardian"),
    path(f"{GUARDIAN}retirer/", change_views.withdraw_guardian, name="withdraw_guardian"),
    path(f"{GUARDIAN}renvoyer/", change_views.invite_again, name="invite_again"),
    path("responsable/<str:token>/", invited_views.invitation, name="join"),
    path("responsable/<str:token>/nouveau-compte/", invited_views.new_account, name="join_new"),
    path("beneficiaires/<public_id:public_id>/reinscription/", enrolment_views.renew, name="renew"),
    path("inscriptions/nouvelle/", enrolment_views.enrol, name="enrol"),
    path("inscriptions/<number:number>/", enrolment_views.enrolment, name="enrolment"),
    path("inscriptions/<number:number>/retirer/", enrolment_views.withdraw, name="withdraw_enrolment"),
    path(f"{SCHOLARSHIP}retirer/", views.withdraw, name="withdraw"),
    path("devenir-partenaire/", becoming_views.become_partner, name="become_partner"),
    path("candidatures/nouvelle/", becoming_views.start_candidacy, name="start_candidacy"),
    path(CANDIDACY, candidacy_views.candidacy, name="candidacy"),
    path(f"{CANDIDACY}papiers/", candidacy_views.candidacy_papers, name="candidacy_papers"),
    path(f"{CANDIDACY}fiche/", correction_view.correct_candidacy, name="correct_candidacy"),
    path(f"{CANDIDACY}convention/", signing_views.candidacy_convention, name="candidacy_convention"),
    path(f"{CANDIDACY}convention/code/", signing_views.candidacy_code, name="candidacy_code"),
    path(
        f"{CANDIDACY}convention/attestation/",
        attestation_views.candidacy_attestation,
        name="candidacy_attestation",
    ),
    path(
        f"{ORGANISME}convention/attestation/",
        attestation_views.organisme_attestation,
        name="organisme_attestation",
    ),
    path(f"{ORGANISME}fiche/", sheet_views.organisme_sheet, name="organisme_sheet"),
    path(f"{ORGANISME}fiche/retirer/", sheet_views.withdraw_sheet, name="withdraw_sheet"),
    path(f"{ORGANISME}convention/", signing_views.organisme_convention, name="organisme_convention"),
    path(f"{ORGANISME}convention/code/", signing_views.organisme_code, name="organisme_code"),
    path(f"{CANDIDACY}retirer/", candidacy_withdrawal.withdraw_candidacy, name="withdraw_candidacy"),
]
