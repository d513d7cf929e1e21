"""What arrived at a relay, and how it misbehaves: behind a real SMTP server as well as behind the relay in memory."""

from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage

Answer = Callable[[str, EmailMessage], str | None]


class Mailboxes:
    """What arrived, by recipient.

    ``at_rcpt`` and ``at_data`` may answer something else than 250; the answer "drop" cuts the connection off after the
    final dot. ``cut_short`` names recipients whose mail the relay cuts off before that dot. ``keep_dropped``: what is
    dropped has arrived all the same.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[str, str, EmailMessage]] = []
        self.at_rcpt: Callable[[str], str | None] = lambda _: None
        self.at_data: Answer = lambda _, __: None
        self.cut_short: Callable[[str], bool] = lambda _: False
        self.keep_dropped = False
        self.delay = 0.0

    def take(self, sender: str, recipient: str, message: EmailMessage) -> str:
        """Return the reply to a text, once what arrived is noted."""
        answer = self.at_data(recipient, message)
        if answer is None or (answer == "drop" and self.keep_dropped):
            self.mails.append((sender, recipient, message))
        return answer or "250 2.0.0 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for _, recipient, message in self.mails if recipient == address]

    def subjects(self) -> Counter[str]:
        return Counter(str(message["Subject"]) for _, _, message in self.mails)

    def ids(self) -> Counter[str]:
        return Counter(str(message["Message-ID"]) for _, _, message in self.mails)
