"""What becomes of a mail: its states and the moves between them that are allowed.

    queued ──▶ deferred: the relay is away
    queued ──▶ sending ──▶ accepted ──▶ bounced, or deferred: it came back, and not for the address's fault
      ▲  ▲        ├──▶ deferred ──▶ sending (again, for a day) ──▶ failed
      │  │        ├──▶ unknown ──▶ queued (one extra attempt, never for a reminder)
      │  │        ├──▶ bounced | failed | suppressed
      │  └────────┘ the worker died before it began to hand over
      └── failed | bounced | suppressed | unknown | accepted: somebody asks to send again

    queued | deferred | sending ──▶ unknown, held ──▶ queued | suppressed: after a restore, somebody decides

`accepted` means that the relay took it (a 250), not that it was delivered.
"""

from shared.commands.notifications import MailState

MOVES: dict[MailState, frozenset[MailState]] = {
    "queued": frozenset({"sending", "deferred", "suppressed"}),
    "sending": frozenset({"accepted", "deferred", "bounced", "failed", "suppressed", "unknown", "queued"}),
    "deferred": frozenset({"sending", "suppressed"}),
    "accepted": frozenset({"bounced", "deferred", "queued"}),
    "unknown": frozenset({"queued", "bounced", "deferred", "suppressed"}),
    "bounced": frozenset({"queued"}),
    "suppressed": frozenset({"queued"}),
    "failed": frozenset({"queued", "bounced"}),
}

RETURNABLE: frozenset[MailState] = frozenset({"accepted", "unknown", "failed"})
"""The states in which a mail can come back."""
WAITING: frozenset[MailState] = frozenset({"queued", "deferred"})
TO_SEND_AGAIN: frozenset[MailState] = frozenset({"failed", "bounced", "suppressed", "unknown"})


def may_move(before: MailState, after: MailState) -> bool:
    """Return whether a mail in state ``before`` may go to ``after``."""
    return after in MOVES[before]


def comes_from(after: MailState) -> list[MailState]:
    """Return the states from which ``after`` can be reached. They guard updates in the store."""
    return [before for before, allowed in MOVES.items() if after in allowed]
