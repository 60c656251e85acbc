"""Who may vouch for whom."""

from dataclasses import dataclass

from django.conf import settings

from ..models import IdentityProvider, User


@dataclass(frozen=True)
class Provider:
    """As `services.toml` says."""

    key: IdentityProvider
    issuer: str
    client_id: str
    client_secret: str

    @property
    def name(self) -> str:
        return str(self.key.label)

    @property
    def is_for_agents(self) -> bool:
        return self.key == IdentityProvider.PRO_CONNECT

    @property
    def whose(self) -> str:
        """To who comes with an account that it does not vouch for."""
        if self.is_for_agents:
            return f"{self.name} n’ouvre que le compte d’un agent. Celui-ci est celui d’une famille."
        return f"{self.name} n’ouvre que le compte d’un adulte, et pas celui d’un agent."

    def vouches_for(self, user: User) -> bool:
        """Guardians and members of organismes, or agents: never a child, whom neither of them knows."""
        if self.is_for_agents:
            return user.is_staff
        return not user.is_staff and not hasattr(user, "beneficiary")


def known(key: str) -> Provider | None:
    said = settings.SERVICES.get(key)
    return Provider(IdentityProvider(key), **said) if said else None


def all_known() -> list[Provider]:
    return [provider for key in IdentityProvider.values if (provider := known(key))]


def for_families() -> Provider | None:
    return known(IdentityProvider.FRANCE_CONNECT)


def for_agents() -> Provider | None:
    return known(IdentityProvider.PRO_CONNECT)
