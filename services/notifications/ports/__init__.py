"""What handlers, mails and the inbox need from outside, as Protocols."""

from services.notifications.ports.controls import Controls
from services.notifications.ports.directory import Book
from services.notifications.ports.mails import Intake, Ledger, Queue
from services.notifications.ports.other_services import OtherServices
from services.notifications.ports.randomness import Randomness
from services.notifications.ports.relay import Relay
from services.notifications.ports.transactions import Transact

__all__ = ["Book", "Controls", "Intake", "Ledger", "OtherServices", "Queue", "Randomness", "Relay", "Transact"]
