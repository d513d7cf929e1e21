"""One tree of errors; each says what the caller should do.

    KindredError
    ├── Retryable      try the same again later (``after`` seconds, where known)
    │   ├── NotYet     an event this one builds on has not arrived; a short wait is enough
    │   └── Unreachable  no server answers at all
    ├── Permanent      never try again; goes to the dead letters
    └── Rejected       a person's input breaks a rule; carries the rule's name and a sentence for them

Anything else that is raised is a fault of ours: the bus tries again a few times, then keeps the message as a dead
letter.
"""


class KindredError(Exception):
    """Root of the tree; ``sentence`` is plain English."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Retryable(KindredError):  # noqa: N818 - the name says what to do
    """It may work later. ``after`` is the shortest wait in seconds that makes sense, or None for the usual backoff."""

    def __init__(self, sentence: str, after: float | None = None) -> None:
        super().__init__(sentence)
        self.after = after


class NotYet(Retryable):
    """Another event must come first, as when an aggregate's version leaves a gap."""

    def __init__(self, sentence: str, after: float = 0.5) -> None:
        super().__init__(sentence, after)


class Unreachable(Retryable):
    """No server answers: it is not running, or is somewhere else."""


class Permanent(KindredError):  # noqa: N818 - the same
    """Trying again cannot help."""


class Rejected(KindredError):  # noqa: N818 - the same
    """The input of a person breaks a rule; shown to them as it stands."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.rule}: {self.sentence}"
