"""Names of the bus's own collections in each service's database. No store of a service may use one of them."""

OUTBOX = "outbox"
INBOX = "inbox"
COMMAND_REPLIES = "command_replies"
RESTORED = "restored"
"""Says, until the service has dealt with it, that its database was put back from a backup."""

NAMES = frozenset({OUTBOX, INBOX, COMMAND_REPLIES, RESTORED})
