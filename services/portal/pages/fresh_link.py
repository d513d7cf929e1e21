"""A fresh link for a form: its mail is sent again to the person's own address, never shown in a page."""

import re

from starlette.requests import Request

from services.portal.pages.portal import Portal, Visitor
from services.portal.ports.owners import Owners
from shared.commands.notifications import ListMails, MailRow, MailRows, ResendMail

MAILS_OF = {
    "answer": (
        "visit-invitation",
        "visit-moved",
        "visit-changed",
        "event-invitation",
        "event-moved",
        "visit-facilitator",
    ),
    "visit-brief": ("visit-host", "visit-brief-reminder"),
    "attendance": ("attendance-request",),
    "appraisal": ("appraisal-request",),
    "take-home": ("after-visit",),
    "survey": ("after-visit", "event-survey", "appraisal-request"),
    "findings": ("findings-request", "findings-reminder"),
}


async def find_mail(owners: Owners, person_id: str, purpose: str, target_id: str) -> MailRow | None:
    """Return the newest mail to this person that carries the link, or None."""
    if purpose not in MAILS_OF:
        return None
    about = "" if purpose == "findings" else target_id
    rows: MailRows = await owners.find(ListMails(person_id=person_id, target_id=about, limit=200))
    fitting = [row for row in rows.mails if row.template in MAILS_OF[purpose] and row.person_id == person_id]
    return fitting[0] if fitting else None


async def resend(owners: Owners, mail: MailRow, visitor: Visitor, once: str) -> str:
    """Have it sent again; return what to say. Raises Rejected and Retryable as notifications did."""
    key = f"page-resend-{visitor.link.ref}-{once}-{mail.mail_id}"
    await owners.ask(ResendMail(mail_id=mail.mail_id), key=key, actor=visitor.person_id)
    return "It goes to your own address and should be there in a minute or two. Open the link in it."


async def open_here(portal: Portal, request: Request, person_id: str) -> dict[tuple[str, str], str]:
    """Return the pages of this person's links that this browser already holds open, by (purpose, target id)."""
    refs = [match[1] for name in request.cookies if (match := re.search(r"kindred-link-([0-9a-f]{16})$", name))]
    pages: dict[tuple[str, str], str] = {}
    for ref in refs[:100]:
        link_id = portal.link_id_in(request, ref)
        link = await portal.read.links.get(link_id) if link_id else None
        if link is not None and link.person_id == person_id and link.usable(portal.clock.now()):
            pages[link.purpose, link.target_id] = f"/p/{ref}/{link.purpose}"
    return pages
