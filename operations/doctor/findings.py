"""The result of a check of the doctor."""

from dataclasses import dataclass


class Wrong(Exception):
    def __init__(self, fault: str, remedy: str) -> None:
        self.fault, self.remedy = fault, remedy
        super().__init__(fault)


@dataclass(frozen=True)
class Finding:
    """The result of one check: what it saw and, if that is wrong, the remedy."""

    name: str
    seen: str
    remedy: str = ""
