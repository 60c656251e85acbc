"""How much is measured, and for how long."""

import os
from dataclasses import dataclass

TICKETS_OF_A_READER = 20


@dataclass(frozen=True)
class Scale:
    """`seconds` is how long wrk asks in each round."""

    partners: int
    beneficiaries: int
    tickets: int
    rounds: int
    seconds: int
    readers: int
    buyers: int
    logins: int
    # PDFs drawn one after the other, to see whether memory grows; by each of four threads.
    pdfs: int
    pdfs_by_thread: int
    # How many tickets there are in the first PDF of a process, which takes a process each time.
    first_pdfs: tuple[int, ...]
    # How many tickets there are in the databases that one statement is read from.
    growth: tuple[int, ...]
    # How many there are for what goes through all of them.
    large: int
    # E-mails whose tasks are timed one after the other, in each round.
    tasks: int
    # Notices to families in the queue that two workers drain.
    notices: int
    # Counters that use tickets; the tickets of each side, more than it uses in a round.
    counters: int
    uses: int
    # How many tickets are in the list of an organisme, and in the one that it is compared to.
    waiting: tuple[int, int]
    # Used tickets, and organismes whose accounts are known, before a batch of payments.
    paid: tuple[int, int]
    # Children whom families register themselves, and how many of them a second.
    registrations: tuple[int, float]
    # Requests a second that the September hour begins at, and how many times it may rise.
    september: float
    rises: int

    @property
    def demo(self) -> list[str]:
        sizes = {"partners": self.partners, "beneficiaries": self.beneficiaries, "tickets": self.tickets}
        return [f"--{name}={size}" for name, size in sizes.items()]


# Ten million tickets take minutes and a dozen gigabytes; who has less says BENCH_LARGEST=1000000.
LARGEST = int(os.environ.get("BENCH_LARGEST", "10000000"))
# A whole département is BENCH_NOTICES=80000, and takes as long as all the rest.
NOTICES = int(os.environ.get("BENCH_NOTICES", "5000"))

FULL = Scale(
    partners=3_000,
    beneficiaries=80_000,
    tickets=200_000,
    rounds=5,
    seconds=5,
    readers=16,
    buyers=64,
    logins=256,
    pdfs=2_000,
    pdfs_by_thread=50,
    first_pdfs=(1, 6, 60),
    growth=(10_000, 1_000_000, 10_000_000),
    large=1_000_000,
    tasks=500,
    notices=NOTICES,
    counters=16,
    uses=15_000,
    waiting=(100, 10_000),
    paid=(100_000, 3_000),
    registrations=(5_000, 5),
    september=16,
    rises=16,
)
# Shows, in less than two minutes, that everything can be measured and that nothing goes wrong.
QUICK = Scale(
    partners=60,
    beneficiaries=300,
    tickets=600,
    rounds=1,
    seconds=1,
    readers=2,
    buyers=8,
    logins=32,
    pdfs=40,
    pdfs_by_thread=5,
    first_pdfs=(1,),
    growth=(1_000, 5_000),
    large=2_000,
    tasks=50,
    notices=100,
    counters=4,
    uses=2_000,
    waiting=(20, 200),
    paid=(400, 12),
    registrations=(20, 4),
    september=4,
    rises=1,
)
