"""A machine that is lost, of those of docs/plusieurs-machines.md; then it comes back."""

from collections.abc import Iterator
from contextlib import contextmanager

from proof.servers.servers import Failed

from .cluster import Cluster, cluster, wait_until
from .crowd import Crowd, come_in
from .incident import Incident, Stage
from .workshop import Workshop

WHOLE = ["leader", "replica", "sync_standby"]


class OnSeveralMachines(Incident):
    is_quick = False

    cluster: Cluster

    @contextmanager
    def stage(self, workshop: Workshop) -> Iterator[Stage]:
        """The families are made through PgBouncer, and come in through nginx."""
        with cluster(workshop.directory) as self.cluster:
            env = self.cluster.environment("web2")
            families = [come_in(self.cluster.port, told) for told in workshop.fill(env)]
            yield Stage(env, self.cluster.port, families)


class PrimaryLost(OnSeveralMachines):
    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.25)
        self.lost = self.cluster.primary
        self.lose()
        crowd.wait_for(0.6)
        self.find()

    def lose(self) -> None:
        raise NotImplementedError

    def find(self) -> None:
        raise NotImplementedError

    def faults(self, stage: Stage, crowd: Crowd) -> Iterator[str]:
        try:
            wait_until("L’ancien serveur principal suit le nouveau", self._is_whole)
        except Failed as silence:
            yield str(silence)

    def _is_whole(self) -> bool:
        return sorted(self.cluster.roles().values()) == WHOLE and self.cluster.primary != self.lost


class PrimaryKilled(PrimaryLost):
    """All that runs there, at once: PostgreSQL, its Patroni, its etcd. A replica is promoted by itself."""

    title = "le serveur principal tué, une réplique promue"

    def lose(self) -> None:
        self.cluster.machines.kill(self.lost)

    def find(self) -> None:
        self.cluster.start_database(self.lost)


class PrimaryFrozen(PrimaryLost):
    """It wakes up when another one has its place, and knows nothing of it."""

    title = "le serveur principal gelé, puis réveillé"

    def lose(self) -> None:
        self.cluster.machines.freeze(self.lost)

    def find(self) -> None:
        self.cluster.machines.thaw(self.lost)


class ApplicationKilled(OnSeveralMachines):
    """nginx goes on with the other machine; who had an answer coming sends the same form again."""

    title = "une machine d’application tuée"

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.25)
        self.cluster.machines.kill("web1")
        crowd.wait_for(0.6)
        self.cluster.start_application("web1")
