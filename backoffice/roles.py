"""The rights of the roles. A migration makes the groups; a new right needs a new migration.

An agent has one of them; who has none sees an empty admin. Superusers, made by `createsuperuser`, need none.
"""

from collections.abc import Iterable

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

LOOKED_AT = (
    *("accounts.beneficiary", "accounts.guardianship", "accounts.school", "accounts.user"),
    *("wallets.campaign", "wallets.wallet", "wallets.entry", "tickets.ticket"),
    *("partners.partner", "partners.offer", "partners.activity", "partners.commune", "partners.suggestion"),
    *("partners.synonym", "applications.application"),
)
EDITED = (
    *("accounts.beneficiary", "accounts.school", "wallets.campaign"),
    *("partners.partner", "partners.offer", "partners.activity", "partners.commune", "partners.synonym"),
    *("content.article", "content.helptopic", "content.page"),
)


def _each(actions: str, models: Iterable[str]) -> set[str]:
    """`_each("view add", ["wallets.campaign"])` → « wallets.view_campaign », « wallets.add_campaign »."""
    split = [model.split(".") for model in models]
    return {f"{app}.{action}_{model}" for app, model in split for action in actions.split()}


ADVISER = _each("view", LOOKED_AT) | {
    *("accounts.reset_access", "tickets.cancel_ticket", "tickets.remake_ticket"),
    "partners.change_suggestion",
}
# What organismes ask after.
PAID = _each("view", ["payments.batch", "payments.payment", "payments.correction", "payments.returnfile"])
# What the finance software is told, and how.
FILE_SETTINGS = _each("view change", ["payments.accountingcodes", "payments.partneraccounting"]) | _each(
    "view add change delete", ["payments.filetemplate"]
)
FILE_SETTINGS_SEEN = _each(
    "view",
    ["payments.payer", "payments.accountingcodes", "payments.partneraccounting", "payments.filetemplate"],
)
MANAGER = (
    ADVISER
    | PAID
    | _each("view add change", EDITED)
    | _each("delete", ["partners.offer", "partners.synonym", "content.article", "content.helptopic"])
    | {
        *("accounts.change_user", "accounts.change_guardians", "accounts.close_account"),
        *("accounts.export_lists", "accounts.import_lists", "accounts.make_letters"),
        *("wallets.correct_wallet", "wallets.run_campaign"),
        *("tickets.use_ticket", "tickets.undo_use_ticket", "tickets.decide_dispute"),
        *("tickets.view_dispute", "tickets.view_failedtry"),
        *("partners.manage_members", "payments.view_bankaccount", "payments.verify_account"),
        *("accounts.view_auditentry", "core.view_outgoingmail"),
        *("applications.decide_application", "applications.view_rules"),
        *("applications.view_convention", "applications.view_signature"),
    }
    | _each("view add change delete", ["applications.reason"])
)
ADMINISTRATOR = MANAGER | {
    *("accounts.add_user", "accounts.appoint_agents", "accounts.forget_second_factor"),
    *("accounts.erase_people", "accounts.view_securityevent", "accounts.view_reading"),
    *("payments.read_iban", "payments.view_accountreading"),
    "applications.change_rules",
    *_each("add change delete", ["applications.convention"]),
    *("payments.view_rules", "payments.change_rules", "payments.view_payer", "payments.change_payer"),
    *FILE_SETTINGS,
}

# Who prepares what is paid, and who approves it: never of one batch, whatever roles one has. Files of batches
# tell whole IBANs.
PREPARES = (
    ADVISER
    | PAID
    | FILE_SETTINGS_SEEN
    | FILE_SETTINGS
    | {
        *("payments.prepare_batch", "payments.correct_payment", "payments.view_batchfile"),
        *("payments.verify_account", "payments.read_iban", "payments.view_bankaccount"),
        *("payments.view_accountreading", "payments.view_rules"),
    }
)
APPROVES = (
    ADVISER
    | PAID
    | FILE_SETTINGS_SEEN
    | {
        *("payments.approve_batch", "payments.view_batchfile"),
        *("payments.view_accountreading", "payments.view_rules"),
    }
)

ROLES = {
    "téléconseiller": ADVISER,
    "gestionnaire": MANAGER,
    "administrateur": ADMINISTRATOR,
    "paiements": PREPARES,
    "ordonnateur": APPROVES,
}


def establish(apps: Apps) -> None:
    """Give each group exactly its rights. For migrations: Django itself makes permissions only after them."""
    for config in apps.get_app_configs():
        # What a migration knows of an app has no module; without one nothing would be made.
        config.models_module = True  # type: ignore[assignment]
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in apps.get_model("auth", "Permission").objects.select_related("content_type")
    }
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        # The migration of today is run again by every new site: a right of tomorrow is not known to it yet.
        group.permissions.set([known[right] for right in rights if right in known])
