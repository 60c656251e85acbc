"""What is written of a family around payments: by agents, by a bank, by the organisme of a relative."""

from django.utils import timezone

from accounts.models import User
from partners.tests.factories import make_partner
from payments.models import (
    AccountReading,
    AccountState,
    Anomaly,
    Batch,
    BatchState,
    Correction,
    Fate,
    Hold,
    Outcome,
    Payment,
    ReturnFile,
    ReturnLine,
    Verdict,
)
from payments.tests.factories import make_account


def plant(agent: User, name: str, phone: str) -> None:
    now, partner = timezone.now(), make_partner()
    account = make_account(
        partner,
        state=AccountState.REFUSED,
        stopped_at=now,
        sealed_iban="",
        holder=name,
        called_person=name,
        called_number=phone,
        **dict.fromkeys(("foreign_reason", "sharing_reason", "stop_reason"), f"Compte de {name}"),
    )
    AccountReading.objects.create(account=account, actor=agent, where=f"Administration – {name} demande")
    gone = {"state": BatchState.DROPPED, "dropped_by": agent, "dropped_at": now}
    batch = Batch.objects.create(cut_off=now.date(), prepared_by=agent, **gone)
    cleared = {"cleared_at": now, "cleared_by": agent, "clear_reason": f"Vu avec {name}"}
    Hold.objects.create(
        batch=batch, partner=partner, anomaly=Anomaly.AT_NIGHT, amount=1, tickets=1, **cleared
    )
    payment = Payment.objects.create(batch=batch, partner=partner, legal_name="x", amount=0, tickets=0)
    said = {"fate": Fate.REJECTED, "reason": f"Compte clos, dit {name}"}
    Outcome.objects.create(payment=payment, on=now.date(), actor=agent, **said)
    Correction.objects.create(partner=partner, amount=1, reason=f"Ticket de {name}", author=agent)
    file = ReturnFile.objects.create(batch=batch, name="retour.csv", owner=agent)
    words = {"why": f"Le statut dit {name}", "reason": f"Compte de {name}"}
    ReturnLine.objects.create(file=file, number=2, verdict=Verdict.REFUSED, cells={"Statut": name}, **words)
