"""Who may do what: the one statement of it. Each address of the resolver is in it, or a test fails."""

from dataclasses import dataclass

from django.db.models import Model

# Of one family; around it; and of the département.
CHILD, GUARDIAN, SECOND_GUARDIAN = "child", "guardian", "second guardian"
SIBLING, FORMER_GUARDIAN, STRANGER = "other child", "former guardian", "stranger"
HALF_AGENT = "agent without second factor"
ADVISER, MANAGER, ADMINISTRATOR = "téléconseiller", "gestionnaire", "administrateur"
PREPARER, APPROVER = "paiements", "ordonnateur"
ANONYMOUS = "anonymous"
# Of organismes: at the counter that her ticket is for, and at another one.
MEMBER, PARTNER_MANAGER, OTHER_MEMBER = "member", "manager of the organisme", "member elsewhere"

GUARDIANS = {GUARDIAN, SECOND_GUARDIAN}
HER_FAMILY = {CHILD, *GUARDIANS}
FAMILIES = {*HER_FAMILY, SIBLING, FORMER_GUARDIAN, STRANGER}
AGENTS = {ADVISER, MANAGER, ADMINISTRATOR, PREPARER, APPROVER}
MANAGERS = {MANAGER, ADMINISTRATOR}
PAYERS = {PREPARER, APPROVER}
ORGANISME = {MEMBER, PARTNER_MANAGER}
MEMBERS = {*ORGANISME, OTHER_MEMBER}
CONNECTED = {*FAMILIES, *MEMBERS, *AGENTS}
EVERYBODY = {ANONYMOUS, HALF_AGENT, *CONNECTED}
NOBODY: set[str] = set()
# Who gave the second factor.
SURE = {*AGENTS, PARTNER_MANAGER}

READ = {"GET", "HEAD"}
FORM = {*READ, "POST"}
SEND = {"POST"}


@dataclass(frozen=True)
class Right:
    who: set[str]
    methods: set[str]
    # The administration asks for the second factor before it says anything.
    administration: bool = False


# --- Families and visitors --------------------------------------------------------------------

HER = "beneficiaires/<public_id:public_id>/"
LEISURE = f"{HER}loisirs/"
ORDER = f"{LEISURE}effectuer-une-transaction/"
TICKETS = f"{LEISURE}transactions/"
COUNTER = "organismes/<number:partner_id>/"
PAYMENT = f"{COUNTER}paiements/<number:payment_id>/"

# Who, with which methods: the addresses.
PAGES = [
    (
        EVERYBODY,
        READ,
        """
        / /.well-known/security.txt /manifeste/ /marque/ /service-worker/ /hors-ligne/
        /hors-ligne/tickets/
        /actualites/ /actualites/<slug:slug>/ /actualites/flux/ /aide/ /aide/guide/ /soutien-scolaire/
        /accessibilite/ /contact/envoye/ /donnees-personnelles/ /mentions-legales/ /plan-du-site/
        /donnees-ouvertes/ /donnees-ouvertes/organismes/csv/ /donnees-ouvertes/organismes/geojson/
        /partenaires/carte/ /partenaires/<number:partner_id>/ /partenaires/proposer/merci/
        /accueil/identifiants-oublies/envoye/ /accueil/pas-encore-inscrit/envoye/
        /accueil/premiere-connexion/<str:username>/<str:code>/
        """,
    ),
    (
        EVERYBODY,
        FORM,
        """
        /Accueil/ /accueil/ /accueil/identifiants-oublies/ /accueil/premiere-connexion/
        /accueil/reconnaitre-cet-appareil/ /accueil/pas-encore-inscrit/ /devenir-partenaire/
        /partenaires/ /partenaires/proposer/ /contact/ /admin/login/
        """,
    ),
    # To FranceConnect and back; who came back types a password.
    (EVERYBODY, READ, "/accueil/<openid:key>/ /accueil/<openid:key>/retour/"),
    (EVERYBODY, FORM, "/accueil/<openid:key>/associer/"),
    # Browsers by themselves, without a session and without a form.
    (EVERYBODY, SEND, "/violations/"),
    # Who has the link is who it was sent to.
    (
        EVERYBODY,
        FORM,
        """
        /accueil/nouveau-mot-de-passe/<uidb64>/<token>/ /mon-compte/e-mail/<str:token>/
        /mon-compte/e-mail/ce-n-est-pas-moi/<str:token>/ /e-mails/<str:token>/ /rappels/<str:token>/
        /accueil/pas-encore-inscrit/<str:token>/
        /invitation/<str:token>/ /invitation/<str:token>/nouveau-compte/
        /responsable/<str:token>/ /responsable/<str:token>/nouveau-compte/
        /compte-bancaire/ce-n-est-pas-nous/<str:token>/
        """,
    ),
    # Each about oneself, and the children one has.
    (
        CONNECTED,
        READ,
        """
        /beneficiaires/ /mon-compte/ /mon-compte/mes-donnees/
        /partenaires/<number:partner_id>/creer-un-ticket/
        """,
    ),
    # The way out is open to who is half way in.
    ({HALF_AGENT, *CONNECTED}, FORM, "/deconnexion/"),
    (CONNECTED, FORM, "/session/prolonger/ /mon-compte/e-mail/ /mon-compte/mot-de-passe/"),
    (MEMBERS, FORM, "/mon-compte/second-facteur/ /mon-compte/second-facteur/codes/"),
    (CONNECTED, SEND, "/mon-compte/e-mails/ /mon-compte/appareils/ /mon-compte/<openid:key>/dissocier/"),
    # Guardians, of whichever child.
    ({*GUARDIANS, FORMER_GUARDIAN, STRANGER, *MEMBERS}, FORM, "/mon-compte/coordonnees/"),
    # Who may have a child that is not there yet; and who asked for it, alone.
    ({*GUARDIANS, FORMER_GUARDIAN, STRANGER, *MEMBERS}, FORM, "/inscriptions/nouvelle/"),
    # Who may answer for an organisme; and who began to ask for it, alone.
    ({*GUARDIANS, FORMER_GUARDIAN, STRANGER, *MEMBERS}, FORM, "/candidatures/nouvelle/"),
    (
        {GUARDIAN},
        FORM,
        """
        /candidatures/<number:number>/ /candidatures/<number:number>/papiers/
        /candidatures/<number:number>/fiche/ /candidatures/<number:number>/retirer/
        /candidatures/<number:number>/convention/
        """,
    ),
    ({GUARDIAN}, SEND, "/candidatures/<number:number>/convention/code/"),
    ({GUARDIAN}, READ, "/candidatures/<number:number>/convention/attestation/"),
    ({GUARDIAN}, FORM, "/inscriptions/<number:number>/ /inscriptions/<number:number>/retirer/"),
    # From here on, of this very child.
    # Of the login that this one made, and whose password is not chosen yet.
    ({GUARDIAN}, READ, f"/{HER}compte/pret/"),
    (GUARDIANS, FORM, f"/{HER}compte/ /{LEISURE}formule/<number:campaign_id>/"),
    # Papers tell what a household earns: not for the child.
    (
        GUARDIANS,
        FORM,
        f"""
        /{LEISURE}bourse/<number:campaign_id>/ /{LEISURE}bourse/<number:campaign_id>/retirer/
        /{HER}college/ /{HER}college/retirer/ /{HER}responsable/ /{HER}responsable/retirer/
        /{HER}reinscription/
        """,
    ),
    # Who asked for the other one.
    ({GUARDIAN}, SEND, f"/{HER}responsable/renvoyer/"),
    (
        HER_FAMILY,
        READ,
        f"""
        /{HER} /{LEISURE}porte-monnaie/ /{LEISURE}echeances/ /{TICKETS} /{TICKETS}<number:number>/
        /{TICKETS}<number:number>/copie/ /{ORDER} /{ORDER}organisme/ /{ORDER}<uuid:key>/felicitations/
        """,
    ),
    (HER_FAMILY, {"GET"}, f"/{TICKETS}impression/"),
    (
        HER_FAMILY,
        FORM,
        f"""
        /{TICKETS}<number:number>/annuler/ /{TICKETS}<number:number>/ce-n-est-pas-normal/
        /{ORDER}papier/ /{ORDER}papier/<number:wallet_id>/
        /{ORDER}papier/<number:wallet_id>/plusieurs/
        /{ORDER}organisme/<number:partner_id>/<number:wallet_id>/
        """,
    ),
    # To the ticket: the family to its own page, an agent to the door of the administration, nobody yet known
    # to what a ticket is.
    ({ANONYMOUS, *HER_FAMILY, *MEMBERS, *AGENTS}, READ, "/T/<str:code>/"),
    (MEMBERS, READ, "/organismes/"),
    (
        ORGANISME,
        FORM,
        f"""
        /{COUNTER} /{COUNTER}plusieurs/ /{COUNTER}photographier/
        /{COUNTER}utilisations/<number:use_id>/annuler/
        """,
    ),
    (ORGANISME, SEND, f"/{COUNTER}utiliser/"),
    (
        ORGANISME,
        READ,
        f"""
        /{COUNTER}code/<str:code>/ /{COUNTER}utilisations/<uuid:key>/ /{COUNTER}tickets/
        /{COUNTER}tickets/a-confirmer/ /{COUNTER}tickets/utilises/
        /{COUNTER}tickets/utilises/liste/<str:kind>/ /{COUNTER}tickets/utilises/jour/<str:day>/
        /{COUNTER}mon-organisme/
        """,
    ),
    # Money is for who answers for it.
    (
        {PARTNER_MANAGER},
        READ,
        f"""
        /{COUNTER}paiements/ /{COUNTER}paiements/calendrier/ /{COUNTER}paiements/calendrier/fichier/
        /{PAYMENT} /{PAYMENT}etat/ /{PAYMENT}tickets/<str:kind>/
        """,
    ),
    # Who acts for it is decided by who answers for it.
    (
        {PARTNER_MANAGER},
        FORM,
        f"""
        /{COUNTER}membres/<number:membership_id>/role/ /{COUNTER}membres/<number:membership_id>/fermer/
        /{COUNTER}invitations/ /{COUNTER}invitations/<number:invitation_id>/retirer/
        """,
    ),
    ({PARTNER_MANAGER}, SEND, f"/{COUNTER}invitations/<number:invitation_id>/renvoyer/"),
    ({PARTNER_MANAGER}, READ, f"/{COUNTER}compte-bancaire/ /{COUNTER}convention/attestation/"),
    (
        {PARTNER_MANAGER},
        FORM,
        f"/{COUNTER}compte-bancaire/changer/ /{COUNTER}convention/ /{COUNTER}fiche/ /{COUNTER}fiche/retirer/",
    ),
    (
        {PARTNER_MANAGER},
        SEND,
        f"""
        /{COUNTER}compte-bancaire/retirer/ /{COUNTER}compte-bancaire/<number:account_id>/iban/
        /{COUNTER}convention/code/
        """,
    ),
]

# --- The administration -----------------------------------------------------------------------

# What is asked for: who looks, adds, changes, deletes.
MODELS = {
    "accounts/user": (AGENTS, {ADMINISTRATOR}, MANAGERS, NOBODY),
    "accounts/beneficiary": (AGENTS, MANAGERS, MANAGERS, NOBODY),
    "accounts/school": (AGENTS, MANAGERS, MANAGERS, NOBODY),
    "accounts/auditentry": (MANAGERS, NOBODY, NOBODY, NOBODY),
    "accounts/securityevent": ({ADMINISTRATOR}, NOBODY, NOBODY, NOBODY),
    "accounts/reading": ({ADMINISTRATOR}, NOBODY, NOBODY, NOBODY),
    "applications/application": (AGENTS, NOBODY, NOBODY, NOBODY),
    "applications/reason": (MANAGERS, MANAGERS, MANAGERS, MANAGERS),
    "applications/convention": (MANAGERS, {ADMINISTRATOR}, {ADMINISTRATOR}, {ADMINISTRATOR}),
    "applications/signature": (MANAGERS, NOBODY, NOBODY, NOBODY),
    "applications/rules": (MANAGERS, NOBODY, {ADMINISTRATOR}, NOBODY),
    "wallets/campaign": (AGENTS, MANAGERS, MANAGERS, NOBODY),
    "wallets/wallet": (AGENTS, NOBODY, NOBODY, NOBODY),
    "wallets/entry": (AGENTS, NOBODY, NOBODY, NOBODY),
    "tickets/ticket": (AGENTS, NOBODY, NOBODY, NOBODY),
    "tickets/dispute": (MANAGERS, NOBODY, NOBODY, NOBODY),
    "tickets/failedtry": (MANAGERS, NOBODY, NOBODY, NOBODY),
    "partners/partner": (AGENTS, MANAGERS, MANAGERS, NOBODY),
    "partners/offer": (AGENTS, NOBODY, NOBODY, NOBODY),
    "partners/activity": (AGENTS, MANAGERS, MANAGERS, NOBODY),
    "partners/commune": (AGENTS, MANAGERS, MANAGERS, NOBODY),
    "partners/suggestion": (AGENTS, NOBODY, AGENTS, NOBODY),
    "partners/synonym": (AGENTS, MANAGERS, MANAGERS, MANAGERS),
    "payments/bankaccount": ({*MANAGERS, PREPARER}, NOBODY, NOBODY, NOBODY),
    "payments/accountreading": ({ADMINISTRATOR, *PAYERS}, NOBODY, NOBODY, NOBODY),
    "content/article": (MANAGERS, MANAGERS, MANAGERS, MANAGERS),
    "content/helptopic": (MANAGERS, MANAGERS, MANAGERS, MANAGERS),
    "content/page": (MANAGERS, NOBODY, MANAGERS, NOBODY),
    "core/outgoingmail": (MANAGERS, NOBODY, NOBODY, NOBODY),
    # The change is to let it be done.
    "backoffice/import": (MANAGERS, MANAGERS, MANAGERS, NOBODY),
    "payments/batch": ({*MANAGERS, *PAYERS}, {PREPARER}, NOBODY, NOBODY),
    "payments/payment": ({*MANAGERS, *PAYERS}, NOBODY, NOBODY, NOBODY),
    "payments/hold": ({*MANAGERS, *PAYERS}, NOBODY, NOBODY, NOBODY),
    "payments/correction": ({*MANAGERS, *PAYERS}, NOBODY, NOBODY, NOBODY),
    # The change is to let it be told.
    "payments/returnfile": ({*MANAGERS, *PAYERS}, {PREPARER}, {PREPARER}, NOBODY),
    # They tell whole IBANs.
    "payments/batchfile": (PAYERS, NOBODY, NOBODY, NOBODY),
    "payments/rules": ({ADMINISTRATOR, *PAYERS}, NOBODY, {ADMINISTRATOR}, NOBODY),
    "payments/payer": ({ADMINISTRATOR, *PAYERS}, NOBODY, {ADMINISTRATOR}, NOBODY),
    "payments/accountingcodes": ({ADMINISTRATOR, *PAYERS}, NOBODY, {ADMINISTRATOR, PREPARER}, NOBODY),
    "payments/partneraccounting": (
        {ADMINISTRATOR, *PAYERS},
        {ADMINISTRATOR, PREPARER},
        {ADMINISTRATOR, PREPARER},
        NOBODY,
    ),
    "payments/filetemplate": ({ADMINISTRATOR, *PAYERS}, *[{ADMINISTRATOR, PREPARER}] * 3),
}
# Whoever may have others: this one was asked for by a manager, and nobody else sees it.
OWN_FILE = "admin/core/preparedfile/<path:object_id>/"

ACTS = {
    "accounts/user/<path:object_id>/rendre-l-acces/": AGENTS,
    "accounts/user/<path:object_id>/acces-par-courrier/": MANAGERS,
    "accounts/user/<path:object_id>/compte-vole/": MANAGERS,
    "accounts/user/<path:object_id>/fermer/": MANAGERS,
    "accounts/user/<path:object_id>/rouvrir/": MANAGERS,
    "accounts/user/<path:object_id>/second-facteur/": {ADMINISTRATOR},
    "accounts/user/<path:object_id>/fusionner/": MANAGERS,
    "accounts/user/<path:object_id>/effacer/": {ADMINISTRATOR},
    "accounts/user/invitations/": MANAGERS,
    "accounts/user/invitations/exemple-e-mail/": MANAGERS,
    "accounts/user/invitations/exemple-lettre/": MANAGERS,
    "accounts/beneficiary/<path:object_id>/ajouter-un-responsable/": MANAGERS,
    "accounts/beneficiary/<path:object_id>/creer-un-responsable/": MANAGERS,
    "accounts/beneficiary/<path:object_id>/retirer-un-responsable/": MANAGERS,
    "accounts/user/<path:object_id>/role-d-agent/": {ADMINISTRATOR},
    "accounts/beneficiary/<path:object_id>/remplacer-un-responsable/": MANAGERS,
    "accounts/beneficiary/<path:object_id>/fusionner/": MANAGERS,
    "accounts/beneficiary/<path:object_id>/effacer/": {ADMINISTRATOR},
    "partners/partner/<path:object_id>/fusionner/": MANAGERS,
    "partners/partner/<path:object_id>/inviter-un-responsable/": MANAGERS,
    "partners/partner/<path:object_id>/confier/": MANAGERS,
    "partners/partner/<path:object_id>/fermer-un-acces/": MANAGERS,
    "tickets/ticket/<path:object_id>/annuler/": AGENTS,
    "tickets/ticket/<path:object_id>/refaire/": AGENTS,
    "tickets/ticket/<path:object_id>/utiliser/": MANAGERS,
    "tickets/ticket/<path:object_id>/utiliser-en-retard/": MANAGERS,
    "tickets/ticket/<path:object_id>/annuler-l-utilisation/": MANAGERS,
    "tickets/ticket/<path:object_id>/decider-la-contestation/": MANAGERS,
    "tickets/ticket/<path:object_id>/regler-la-contestation/": MANAGERS,
    "payments/bankaccount/<path:object_id>/rappeler/": {*MANAGERS, PREPARER},
    "payments/bankaccount/<path:object_id>/confirmer/": {*MANAGERS, PREPARER},
    "payments/bankaccount/<path:object_id>/refuser/": {*MANAGERS, PREPARER},
    "payments/bankaccount/<path:object_id>/bloquer/": {*MANAGERS, PREPARER},
    "payments/bankaccount/<path:object_id>/debloquer/": {*MANAGERS, PREPARER},
    "payments/bankaccount/<path:object_id>/lire-l-iban/": {ADMINISTRATOR, PREPARER},
    "applications/application/<path:object_id>/accepter/": MANAGERS,
    "applications/application/<path:object_id>/inscrire/": MANAGERS,
    "applications/application/<path:object_id>/changer-de-college/": MANAGERS,
    "applications/application/<path:object_id>/inviter/": MANAGERS,
    "applications/application/<path:object_id>/affilier/": MANAGERS,
    "applications/application/<path:object_id>/changer-la-fiche/": MANAGERS,
    "applications/application/<path:object_id>/demander-un-papier/": MANAGERS,
    "applications/application/<path:object_id>/refuser/": MANAGERS,
    "applications/application/<path:object_id>/rouvrir/": MANAGERS,
    "applications/convention/<path:object_id>/mettre-en-vigueur/": {ADMINISTRATOR},
    "applications/convention/<path:object_id>/retirer/": {ADMINISTRATOR},
    "wallets/campaign/<path:object_id>/ouvrir/": MANAGERS,
    "wallets/campaign/<path:object_id>/annuler-l-ouverture/": MANAGERS,
    "wallets/campaign/<path:object_id>/clore/": MANAGERS,
    "wallets/campaign/<path:object_id>/rouvrir/": MANAGERS,
    "wallets/campaign/<path:object_id>/relever-le-plafond/": MANAGERS,
    "wallets/wallet/<path:object_id>/corriger/": MANAGERS,
    "wallets/wallet/<path:object_id>/supplement/": MANAGERS,
    "wallets/wallet/<path:object_id>/retirer-le-supplement/": MANAGERS,
    "payments/batch/<path:object_id>/approuver/": {APPROVER},
    "payments/batch/<path:object_id>/transmettre/": {PREPARER},
    "payments/batch/<path:object_id>/solder/": {PREPARER},
    "payments/batch/<path:object_id>/abandonner/": {PREPARER},
    "payments/payment/<path:object_id>/paye/": {PREPARER},
    "payments/payment/<path:object_id>/rejete/": {PREPARER},
    "payments/payment/<path:object_id>/revenu/": {PREPARER},
    "payments/payment/<path:object_id>/retirer/": {PREPARER},
    "payments/hold/<path:object_id>/lever/": {PREPARER},
    "partners/partner/<path:object_id>/corriger-le-du/": {PREPARER},
    "backoffice/import/colonnes/<str:sort>/": MANAGERS,
    "backoffice/import/<path:object_id>/choix/": MANAGERS,
    "backoffice/import/<path:object_id>/remettre-les-coordonnees/": MANAGERS,
    "backoffice/import/<path:object_id>/desinscrits/": MANAGERS,
    "backoffice/import/<path:object_id>/refuses/": MANAGERS,
    "backoffice/import/<path:object_id>/relier/": MANAGERS,
    "backoffice/import/<path:object_id>/annuler-l-import/": MANAGERS,
    # Of whoever comes in: the first page, the way out, what leads elsewhere.
    "": AGENTS,
    "password_change/": AGENTS,
    "^<app_label>/$": AGENTS,
    "r/<path:content_type_id>/<path:object_id>/": AGENTS,
    "passplus/<str:model>/": AGENTS,
    "passplus/<str:model>/<path:rest>": AGENTS,
    # Whatever is no page.
    "(?P<url>.*)$": NOBODY,
}


EXPORTED = ["tickets/ticket", "partners/partner", "wallets/entry", "accounts/auditentry"]


def _of_a_model(name: str) -> dict[str, Right]:
    look, add, _, delete = MODELS[name]
    row = f"admin/{name}/<path:object_id>/"
    return {
        f"admin/{name}/": Right(look, FORM, administration=True),
        f"admin/{name}/add/": Right(add, FORM, administration=True),
        # A redirection to the next line.
        row: Right(AGENTS, FORM, administration=True),
        f"{row}history/": Right(look, FORM, administration=True),
        f"{row}delete/": Right(delete, FORM, administration=True),
        f"{row}change/": Right(look, FORM, administration=True),
    }


def reader_of(model: type[Model]) -> str:
    """Who looks at its list, an administrator if that one may."""
    opts = model._meta
    readers, *_ = MODELS.get(f"{opts.app_label}/{opts.model_name}", (MANAGERS,))
    return ADMINISTRATOR if ADMINISTRATOR in readers else min(readers)


def may_change(route: str) -> set[str]:
    """Who may send the form of a row: fewer than may look at it."""
    if route.startswith(OWN_FILE):
        return {MANAGER}
    name, _, _ = route.removeprefix("admin/").partition("/<path:object_id>/")
    return MODELS[name][2]


RIGHTS: dict[str, Right] = {
    **{route[1:]: Right(who, methods) for who, methods, routes in PAGES for route in routes.split()},
    **{f"admin/{act}": Right(who, FORM, administration=True) for act, who in ACTS.items()},
    **{route: right for name in MODELS for route, right in _of_a_model(name).items()},
    "admin/payments/batchfile/<path:object_id>/telecharger/": Right(PAYERS, READ, administration=True),
    "admin/applications/signature/<path:object_id>/attestation/": Right(MANAGERS, READ, administration=True),
    "admin/payments/correction/dettes/": Right({*MANAGERS, *PAYERS}, READ, administration=True),
    "admin/payments/returnfile/<path:object_id>/refuses/": Right(
        {*MANAGERS, *PAYERS}, READ, administration=True
    ),
    "admin/applications/application/<path:object_id>/papiers/<number:paper_id>/": Right(
        MANAGERS, READ, administration=True
    ),
    "admin/applications/application/<path:object_id>/prendre/": Right(MANAGERS, SEND, administration=True),
    "admin/applications/application/suivante/": Right(MANAGERS, SEND, administration=True),
    "admin/payments/returnfile/<path:object_id>/relier/": Right({PREPARER}, FORM, administration=True),
    "admin/password_change/done/": Right(AGENTS, READ, administration=True),
    "admin/jsi18n/": Right(AGENTS, READ, administration=True),
    "admin/autocomplete/": Right(AGENTS, READ, administration=True),
    "admin/logout/": Right({HALF_AGENT, *AGENTS}, SEND, administration=True),
    **{f"admin/{name}/exporter/<str:kind>/": Right(MANAGERS, SEND, administration=True) for name in EXPORTED},
    "admin/core/preparedfile/": Right(MANAGERS, FORM, administration=True),
    "admin/core/preparedfile/add/": Right(NOBODY, FORM, administration=True),
    OWN_FILE: Right(AGENTS, FORM, administration=True),
    f"{OWN_FILE}change/": Right({MANAGER}, FORM, administration=True),
    # Of one that is not there: a redirection.
    f"{OWN_FILE}history/": Right(AGENTS, FORM, administration=True),
    f"{OWN_FILE}delete/": Right(NOBODY, FORM, administration=True),
    f"{OWN_FILE}telecharger/": Right({MANAGER}, FORM, administration=True),
    f"{OWN_FILE}arreter/": Right({MANAGER}, SEND, administration=True),
    "admin/second-facteur/": Right({HALF_AGENT, *AGENTS}, FORM),
    "admin/second-facteur/codes/": Right(AGENTS, FORM, administration=True),
    "admin/recherche/": Right(AGENTS, READ, administration=True),
    "admin/accounts/beneficiary/<path:object_id>/famille/": Right(AGENTS, READ, administration=True),
    "admin/que-repondre/": Right(AGENTS, READ, administration=True),
    "admin/sommes/": Right(AGENTS, READ, administration=True),
    "admin/statistiques/": Right(AGENTS, READ, administration=True),
    "admin/travaux/": Right(MANAGERS, FORM, administration=True),
}
