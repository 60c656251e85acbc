from django.urls import URLPattern, URLResolver, include, path

from .views import bank_account, cut_offs, not_ours, payments

app_name = "payments"

of_a_payment = [
    path("", payments.payment, name="payment"),
    path("etat/", payments.statement, name="statement"),
    path("tickets/<str:kind>/", payments.download, name="download"),
]

of_an_organisme: list[URLPattern | URLResolver] = [
    path("paiements/", payments.payments, name="payments"),
    path("paiements/calendrier/", cut_offs.cut_offs, name="cut_offs"),
    path("paiements/calendrier/fichier/", cut_offs.as_file, name="calendar"),
    path("paiements/<number:payment_id>/", include(of_a_payment)),
    path("compte-bancaire/", bank_account.bank_account, name="bank_account"),
    path("compte-bancaire/changer/", bank_account.ask, name="ask_account"),
    path("compte-bancaire/retirer/", bank_account.withdraw, name="withdraw_account"),
    path("compte-bancaire/<number:account_id>/iban/", bank_account.read_iban, name="read_iban"),
]

urlpatterns = [
    path("organismes/<number:partner_id>/", include(of_an_organisme)),
    path("compte-bancaire/ce-n-est-pas-nous/<str:token>/", not_ours.not_ours, name="not_ours"),
]
