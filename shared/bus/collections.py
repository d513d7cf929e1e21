"""Names of the bus's own collections in each service's database. No store of a service may use one of them."""

OUTBOX = "outbox"
INBOX = "inbox"
COMMAND_REPLIES = "command_replies"
RESTORED = "restored"
"""Says when the database was restored from a backup, until the service has done what that asks of it."""
BACKED_UP, LAST = "backed_up", "last"
"""Says when a backup of the database was last taken; and the key of that."""

NAMES = frozenset({OUTBOX, INBOX, COMMAND_REPLIES, RESTORED, BACKED_UP})
