"""The links of a mail: their tokens, and the events that make them work."""

import datetime as dt
from typing import get_args

from services.notifications.domain import links
from services.notifications.domain.keys import link_id
from services.notifications.domain.mail import Mail
from services.notifications.domain.template_mails.pages import PageLink
from services.notifications.mail.snapshot import Snapshot
from services.notifications.mail.template_pages import links_of
from shared.events import links as wider
from shared.events.notifications import LinkIssued, Purpose

AnyLink = LinkIssued | wider.LinkIssued


def issue(mail: Mail, known: Snapshot, now: dt.datetime) -> tuple[dict[str, str], tuple[AnyLink, ...]]:
    """Return the tokens of a mail's links by purpose, or by label where a mail has several, and an event for each.

    The same mail to the same address has the same links until somebody has it sent again. Raises KeyError while its
    person's contact card is not known.
    """
    to, target = known.cards[mail.person_id].email, known.target(mail)
    tokens: dict[str, str] = {}
    issued: list[AnyLink] = []
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
    for page in links_of(mail, known):
        tokens[page.label] = links.token(known.seals.link(mail.mail_id, mail.resent, to, page.label))
        issued.append(_event(page, link_id(tokens[page.label]), mail, now))
    return tokens, tuple(issued)


def _event(page: PageLink, token_id: str, mail: Mail, now: dt.datetime) -> AnyLink:
    """Return the event of a link, in the first version where that can say it."""
    facts: dict[str, object] = {
        "version": 1, "link_id": token_id, "person_id": mail.person_id, "purpose": page.purpose,
        "target_id": page.target_id, "target_kind": page.target_kind, "programme_id": mail.programme_id,
        "expires": links.expires(page.purpose, now, None),
    }  # fmt: skip
    if page.purpose in get_args(Purpose):
        return LinkIssued.model_validate(facts)
    return wider.LinkIssued.model_validate({**facts, "form": page.form})


def _purposes(mail: Mail) -> list[Purpose]:
    found = list(mail.kind.links)
    if mail.standing == "host" and mail.kind.calendar:
        found = [purpose for purpose in found if purpose != "answer"]
    return found if mail.essential else [*found, "unsubscribe"]
