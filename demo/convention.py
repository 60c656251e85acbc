"""The convention of the small demonstration: in force, and signed for the organisme that waits."""

import datetime as dt
from hashlib import sha256

from django.utils import timezone

from accounts.models import User
from applications import signing
from applications.models import Application, Candidacy, Convention, ConventionState, Signature

# Newer than the affiliation that was granted: that organisme has it to sign.
SINCE = dt.timedelta(days=40)
TITLE = "Convention d’exemple"
TEXT = """Entre le département et l’organisme, il est convenu ce qui suit. **Ce texte est un exemple** : le
vôtre le remplace.

# Article 1. Les tickets

L’organisme accepte chaque ticket pour sa valeur entière, de l’enfant dont il porte le nom, pour
l’activité qu’il dit. Il ne rend pas la monnaie et ne demande rien de plus à la famille.

# Article 2. Le guichet

L’organisme utilise les tickets dans son guichet, le jour où l’enfant vient. Il donne accès à qui en
a besoin, et le ferme à qui part.

# Article 3. Le paiement

Le département paie les tickets utilisés :

- une fois par mois, par virement ;
- sur le compte que l’organisme a donné, et que le département a vérifié.

# Article 4. Les données

L’organisme ne garde des enfants que ce que montre son guichet, et n’en fait rien d’autre.

# Article 5. La durée

La convention vaut tant que l’organisme est affilié. Chacun y met fin par écrit ; les tickets déjà
créés restent honorés.
"""


def load(agent: User) -> Convention:
    in_force = Convention.objects.in_force().first()
    return in_force or Convention.objects.create(
        title=TITLE,
        text=TEXT,
        state=ConventionState.IN_FORCE,
        in_force_at=timezone.now() - SINCE,
        in_force_by=agent,
    )


def sign(convention: Convention, application: Application, candidacy: Candidacy) -> None:
    """As who applied does, with a code that no e-mail said."""
    sender = application.sent_by
    Signature.objects.create(
        convention=convention,
        application=application,
        account=sender,
        organisme=candidacy.name,
        siret=candidacy.siret,
        text_sha256=convention.sha256,
        name=str(sender),
        capacity=candidacy.capacity,
        email=sender.email,
        declared=signing.DECLARATION,
        code_digest=sha256(candidacy.name.encode()).hexdigest(),
        code_sent_at=application.sent_at,
        signed_at=application.sent_at + dt.timedelta(minutes=2),
    )
