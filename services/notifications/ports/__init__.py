"""What the handlers and the worker need from outside, as Protocols."""

from services.notifications.ports.book import Book
from services.notifications.ports.mails import Intake, Ledger, Queue
from services.notifications.ports.outside import Asks, Chance, Controls, Transact

__all__ = ["Asks", "Book", "Chance", "Controls", "Intake", "Ledger", "Queue", "Transact"]
