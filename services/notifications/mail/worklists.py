"""What waits for a coordinator, read when a mail about it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.details import Forwarded, WaitingOn
from services.notifications.domain.kept import KeptMessage
from services.notifications.domain.lists import MOST_LISTED
from services.notifications.domain.mail import Mail
from services.notifications.mail.abouts import About, abouts
from services.notifications.ports import Cards, Programmes, Targets
from services.notifications.ports.stores import AllTriage


@dataclass(frozen=True)
class Worklist:
    """Messages that wait, each with what it is about: how many, and the first of them."""

    total: int
    items: tuple[tuple[KeptMessage, About], ...]


@dataclass(frozen=True)
class WorklistSources:
    """The ports that worklists are read from."""

    triage: AllTriage
    targets: Targets
    programmes: Programmes
    cards: Cards


async def worklists(sources: WorklistSources, mails: Sequence[Mail]) -> dict[str, Worklist]:
    """Return what each mail tells of, by the mail's id; only mails about what waits have any."""
    found: dict[str, Worklist] = {}
    for mail in mails:
        if isinstance(mail.details, Forwarded):
            message = await sources.triage.one(mail.details.reply_id)
            waits = [message] if message is not None and message.state == "waiting" else []
            found[mail.mail_id] = await _named(sources, len(waits), waits)
        elif isinstance(mail.details, WaitingOn):
            own = {one.programme_id for one in await sources.programmes.roles([mail.person_id])
                   if one.role == "coordinator"}  # fmt: skip
            unplaced = any(one.programme_id in own for one in await sources.programmes.latest())
            waiting = await sources.triage.waiting_for(own, MOST_LISTED, unplaced=unplaced)
            found[mail.mail_id] = await _named(sources, waiting.total, waiting.messages)
    return found


async def _named(sources: WorklistSources, total: int, messages: Sequence[KeptMessage]) -> Worklist:
    named = await abouts(sources.targets, sources.programmes, sources.cards, messages)
    return Worklist(total, tuple(zip(messages, named, strict=True)))
