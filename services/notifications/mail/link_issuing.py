"""The links of a mail: their tokens, and the events that make them work."""

import datetime as dt

from services.notifications.domain import links
from services.notifications.domain.keys import link_id
from services.notifications.domain.mail import Mail
from services.notifications.mail.snapshot import Snapshot
from shared.events.notifications import LinkIssued, Purpose


def issue(mail: Mail, known: Snapshot, now: dt.datetime) -> tuple[dict[Purpose, str], tuple[LinkIssued, ...]]:
    """Return the tokens of a mail's links by purpose, and an event for each.

    The same mail to the same address has the same links until somebody has it sent again. Raises KeyError while its
    person's contact card is not known.
    """
    to, target = known.cards[mail.person_id].email, known.target(mail)
    tokens: dict[Purpose, str] = {}
    issued = []
    for purpose in _purposes(mail):
        opens = links.opens(purpose, {"programme": mail.programme_id or "", **mail.refs})
        if opens is None:
            continue
        tokens[purpose] = links.token(known.seals.link(mail.mail_id, mail.resent, to, purpose))
        issued.append(
            LinkIssued(
                version=1, link_id=link_id(tokens[purpose]), person_id=mail.person_id, purpose=purpose,
                target_id=opens.target_id, target_kind=opens.target_kind, programme_id=mail.programme_id,
                expires=links.expires(purpose, now, target.on if target else None),
            )
        )  # fmt: skip
    return tokens, tuple(issued)


def _purposes(mail: Mail) -> list[Purpose]:
    found = list(mail.kind.links)
    if mail.standing == "host" and mail.kind.calendar:
        found = [purpose for purpose in found if purpose != "answer"]
    return found if mail.essential else [*found, "unsubscribe"]
