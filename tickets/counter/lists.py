"""The uses of an organisme as a spreadsheet: it is sent on, so it says less than a page."""

from core.spreadsheets import Columns

COLUMNS: Columns = {
    "Utilisé le": lambda use: use.used_at,
    "Ticket": lambda use: use.ticket_id,
    "Enfant": lambda use: use.child_name,
    "Porte-monnaie": lambda use: use.ticket.wallet.get_kind_display(),
    "Activité": lambda use: use.offer.activity.name,
    "Montant": lambda use: use.ticket.amount,
    "Moyen": lambda use: use.get_way_display(),
    "Par": lambda use: use.actor_name,
    "État": lambda use: "Utilisation annulée" if use.undone_at else use.ticket.current_state.label,
    "Utilisation annulée le": lambda use: use.undone_at,
    "Motif": lambda use: use.undo_reason,
}
