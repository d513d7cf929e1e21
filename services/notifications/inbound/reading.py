"""Reads what came in, out of the event loop and within a time: whatever a stranger sends, the service stays ready."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr

from services.notifications.domain import automata, bounces
from services.notifications.domain.bounces import Report
from services.notifications.domain.keys import mail_id_in
from services.notifications.domain.replies import CalendarPart, calendar_part
from services.notifications.inbound.parsing import LARGEST_CALENDAR, STRANGE, UnparsableError, parse, stand_in
from services.notifications.inbound.records import Incoming, header
from shared import telemetry

_SECONDS = 20.0
_THREADS = 2
_HEADERS = ("Auto-Submitted", "X-Autoreply", "X-Autorespond", "X-Autoresponse", "Precedence", "Subject")
_log = telemetry.logger("kindred.notifications")


@dataclass(frozen=True)
class Reading:
    """A message that was read. ``trouble``: why it could not be, for a person; then ``message`` stands in for it."""

    message: EmailMessage
    writer: automata.Writer = "person"
    report: Report | None = None
    calendar: CalendarPart | None = None
    trouble: str = ""


class Reader:
    """Reads messages in threads of its own, a few at a time."""

    def __init__(self, seconds: float = _SECONDS, read: Callable[[Incoming], Reading] | None = None) -> None:
        self._seconds = seconds
        self._read = read or read_now
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="reading")

    async def read(self, incoming: Incoming) -> Reading:
        """Read a message; one that takes too long is given up and left to a person."""
        reading = asyncio.get_running_loop().run_in_executor(self._threads, self._read, incoming)
        try:
            async with asyncio.timeout(self._seconds):
                return await reading
        except TimeoutError:
            _log.warning("incoming mail takes too long to read", size=len(incoming.content))
            return Reading(stand_in(incoming.content), trouble="A mail that takes too long to read.")


def read_now(incoming: Incoming) -> Reading:
    """Read a message, however long it takes."""
    try:
        message = parse(incoming.content)
        writer = _writer(message)
        to_a_mail = any(mail_id_in(address) for address in incoming.recipients)
        report = bounces.read(message, returned=to_a_mail and writer != "machine")
        calendar = None if report else calendar_part(message)
    except UnparsableError as error:
        return Reading(stand_in(incoming.content), trouble=str(error))
    except STRANGE as error:
        why = f"A mail that cannot be read ({type(error).__name__})."
        return Reading(stand_in(incoming.content), trouble=why)
    if calendar is not None and len(calendar.ical) > LARGEST_CALENDAR:
        return Reading(message, writer, trouble="A calendar too large to be an answer. It was not read.")
    return Reading(message, writer, report, calendar)


def _writer(message: EmailMessage) -> automata.Writer:
    return automata.writer(
        {name.lower(): header(message, name) for name in _HEADERS if header(message, name)},
        content_type=message.get_content_type(),
        report_type=str(message.get_param("report-type", "")).lower(),
        sender=parseaddr(header(message, "From"))[1],
    )
