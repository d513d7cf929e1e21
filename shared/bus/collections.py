"""Names of the bus's own collections in each service's database. No store of a service may use one of them."""

OUTBOX = "outbox"
INBOX = "inbox"
COMMAND_REPLIES = "command_replies"
RESTORED = "restored"
"""Says when the database was restored from a backup, until the service has done what that asks of it."""

NAMES = frozenset({OUTBOX, INBOX, COMMAND_REPLIES, RESTORED})
