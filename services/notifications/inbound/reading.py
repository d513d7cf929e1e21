"""Reads what came in, out of the event loop and within a time: whatever a stranger sends, the service stays ready."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import parseaddr

from services.notifications.domain import automata, bounces, replies
from services.notifications.domain.bounces import Report
from services.notifications.domain.keys import mail_id_in
from services.notifications.domain.quoted import words_beside
from services.notifications.domain.replies import CalendarPart, CalendarReply, UnreadableError, calendar_part
from services.notifications.domain.written import tidy
from services.notifications.inbound.incoming import Incoming, header, written_in
from services.notifications.inbound.parsing import LARGEST_CALENDAR, STRANGE, UnparsableError, parse, stand_in
from shared import telemetry

_SECONDS = 20.0
_THREADS = 2
_log = telemetry.logger("kindred.notifications")


@dataclass(frozen=True)
class Reading:
    """A message that was read.

    ``text``: what is written in it. ``calendar``: its calendar object; ``reply``: the answer in it, or ``no_reply``:
    why there is none; ``words``: what a person wrote beside it. ``trouble``: why the message could not be read, for a
    person; then ``message`` stands in for it.
    """

    message: EmailMessage
    text: str = ""
    writer: automata.Writer = "person"
    report: Report | None = None
    calendar: CalendarPart | None = None
    reply: CalendarReply | None = None
    no_reply: str = ""
    words: str = ""
    trouble: str = ""


class Reader:
    """Reads messages in threads of its own, a few at a time."""

    def __init__(self, seconds: float = _SECONDS, read: Callable[[Incoming], Reading] | None = None) -> None:
        self._seconds = seconds
        self._read = read or read_now
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="reading")

    async def read(self, incoming: Incoming) -> Reading:
        """Read a message; one that takes too long, or that fails in whatever way, is given up and left to a person."""
        reading = asyncio.get_running_loop().run_in_executor(self._threads, self._read, incoming)
        try:
            async with asyncio.timeout(self._seconds):
                return await reading
        except TimeoutError:
            _log.warning("incoming mail takes too long to read", size=len(incoming.content))
            return given_up(incoming, "A mail that takes too long to read.")
        except Exception as error:  # noqa: BLE001 - reading asks nobody, so what fails here fails for ever
            _log.warning("incoming mail cannot be read", error=type(error).__name__)
            return given_up(incoming, f"A mail that cannot be read ({type(error).__name__}).")


def read_now(incoming: Incoming) -> Reading:
    """Read a message, however long it takes."""
    try:
        message = parse(incoming.content)
        text = written_in(message)
        writer = _writer(message, text)
        to_a_mail = any(mail_id_in(address) for address in incoming.recipients)
        report = bounces.read(message, returned=to_a_mail and writer != "machine")
        calendar = None if report else calendar_part(message)
    except UnparsableError as error:
        return given_up(incoming, str(error))
    except STRANGE as error:
        return given_up(incoming, f"A mail that cannot be read ({type(error).__name__}).")
    if report is None and writer == "person" and incoming.sender == "":
        writer = "machine"  # who wants no bounces is none (RFC 3834, section 3.3)
    reading = Reading(message, text, writer, report)
    if calendar is None:
        return reading
    if len(calendar.ical) > LARGEST_CALENDAR:
        return replace(reading, trouble="A calendar too large to be an answer. It was not read.")
    return _with_answer(replace(reading, calendar=calendar), calendar)


def given_up(incoming: Incoming, why: str) -> Reading:
    """Return what stands in for a message that cannot be read or dealt with."""
    message = stand_in(incoming.content)
    return Reading(message, written_in(message), trouble=why)


def _with_answer(reading: Reading, calendar: CalendarPart) -> Reading:
    """Return a reading with the answer in its calendar; its words are its COMMENT and what stands in the mail."""
    try:
        reply = replies.read(calendar.ical, header(reading.message, "From"), calendar.method)
    except UnreadableError as error:
        return replace(reading, no_reply=str(error))
    said = (tidy(reply.words), words_beside(reading.text, reply.entry))
    return replace(reading, reply=reply, words="\n\n".join(dict.fromkeys(filter(None, said))))


def _writer(message: EmailMessage, text: str) -> automata.Writer:
    return automata.writer(
        {name: said for name in automata.HEADERS if (said := header(message, name))},
        content_type=message.get_content_type(),
        report_type=str(message.get_param("report-type", "")).lower(),
        sender=parseaddr(header(message, "From"))[1],
        text=text,
    )
