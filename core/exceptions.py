"""The base class of refusals."""

from prometheus_client import Counter

REFUSALS = Counter("passplus_refusals", "Times that a rule said no.", ["kind"])


class Refusal(Exception):
    """A rule said no and nothing was written. `sentence` is French, and says what to do."""

    sentence = "Cette opération est impossible."

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or self.sentence
        super().__init__(self.sentence)

    def told(self) -> str:
        """The sentence, for whoever wanted what it refuses: so it counts. A page may only read `sentence`."""
        REFUSALS.labels(type(self).__name__).inc()
        return self.sentence
