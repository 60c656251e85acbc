from django.urls import URLPattern, URLResolver, include, path

from .views import choosing, copies, dispute, family, formula, orders, statement, tickets
from .views.counter import confirmation, front, history, many, photograph, undo, used, waiting

app_name = "tickets"

order = [
    path("", choosing.order, name="order"),
    path("organisme/", choosing.choose_partner, name="choose_partner"),
    path("organisme/<number:partner_id>/<number:wallet_id>/", orders.create_assigned, name="create_assigned"),
    path("papier/", orders.paper, name="paper"),
    path("papier/<number:wallet_id>/", orders.create_paper, name="create_paper"),
    path("papier/<number:wallet_id>/plusieurs/", orders.create_series, name="create_series"),
    path("<uuid:key>/felicitations/", orders.success, name="success"),
]

transactions = [
    path("", statement.statement, name="statement"),
    path("impression/", tickets.print_tickets, name="print"),
    path("<number:number>/", tickets.detail, name="detail"),
    path("<number:number>/annuler/", tickets.cancel, name="cancel"),
    path("<number:number>/ce-n-est-pas-normal/", dispute.dispute, name="dispute"),
    path("<number:number>/copie/", copies.copy, name="copy"),
]

of_a_child: list[URLPattern | URLResolver] = [
    path("", family.home, name="home"),
    path("loisirs/porte-monnaie/", family.wallets, name="wallets"),
    path("loisirs/formule/<number:campaign_id>/", formula.formula, name="formula"),
    path("loisirs/echeances/", family.calendar, name="calendar"),
    path("loisirs/transactions/", include(transactions)),
    path("loisirs/effectuer-une-transaction/", include(order)),
]

of_an_organisme: list[URLPattern | URLResolver] = [
    path("", front.counter, name="counter"),
    path("code/<str:code>/", confirmation.to_confirm, name="to_confirm"),
    path("plusieurs/", many.many, name="many"),
    path("photographier/", photograph.photograph, name="photograph"),
    path("utiliser/", confirmation.use, name="use"),
    path("tickets/", waiting.waiting, name="waiting"),
    path("tickets/a-confirmer/", waiting.confirm_ticked, name="confirm_ticked"),
    path("tickets/utilises/", history.history, name="history"),
    path("tickets/utilises/liste/<str:kind>/", history.download, name="download_uses"),
    path("tickets/utilises/jour/<str:day>/", history.day_sheet, name="day_sheet"),
    path("utilisations/<uuid:key>/", used.used, name="used"),
    path("utilisations/<number:use_id>/annuler/", undo.undo, name="undo"),
]

urlpatterns = [
    path("beneficiaires/", family.children, name="children"),
    path("beneficiaires/<public_id:public_id>/", include(of_a_child)),
    path("organismes/<number:partner_id>/", include(of_an_organisme)),
    path("partenaires/<number:partner_id>/creer-un-ticket/", choosing.create_here, name="create_here"),
    # Also written in static/js/copies.js.
    path("hors-ligne/tickets/", copies.check, name="check_copies"),
    # In capitals like the rest of the address in the QR code.
    path("T/<str:code>/", tickets.scan, name="scan"),
]
