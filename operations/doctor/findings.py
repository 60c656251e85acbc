"""What a check of the doctor says."""

from dataclasses import dataclass


class Wrong(Exception):
    def __init__(self, fault: str, remedy: str) -> None:
        self.fault, self.remedy = fault, remedy
        super().__init__(fault)


@dataclass(frozen=True)
class Finding:
    """Of one check: what it saw, and what to do about it if that is wrong."""

    name: str
    seen: str
    remedy: str = ""
