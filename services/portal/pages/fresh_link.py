"""A fresh link: the mail that carries it is sent again to the person's own address, never shown in a page."""

import re

from starlette.requests import Request

from services.portal.domain.links import Link
from services.portal.pages.portal import Portal, Visitor
from services.portal.ports.owners import Owners
from shared.commands.notifications import ListMails, MailRow, MailRows, ResendMail
from shared.events.reporting import ReportKind

MAILS_OF = {
    "answer": (
        "visit-invitation", "visit-moved", "visit-changed", "event-invitation", "event-moved", "event-changed",
        "visit-facilitator", "dates-offered", "call-offered",
    ),
    "visit-brief": ("visit-host", "visit-brief-reminder"),
    "attendance": ("attendance-request",),
    "appraisal": ("appraisal-request",),
    "take-home": ("after-visit",),
    "survey": ("after-visit", "event-survey", "appraisal-request"),
    "findings": ("findings-request", "findings-reminder"),
    "cohort": ("cohort-formed", "group-changed"),
}  # fmt: skip
"""Which mails carry a link of a purpose. Those of findings and cohorts are about no visit."""
WITH_MY_VISITS = (
    "visit-invitation", "visit-moved", "visit-changed", "event-invitation", "event-moved", "event-changed",
    "visit-host", "visit-facilitator",
)  # fmt: skip
ON_ITS_WAY = "It goes to your own address and should be there in a minute or two. Open the link in it."
OF_REPORT: dict[ReportKind, str] = {
    "action-plan": "report-ready",
    "appraisal": "appraisal-report",
    "impact": "impact-report",
}


async def find_mail(owners: Owners, person_id: str, purpose: str, target_id: str) -> MailRow | None:
    """Return the newest mail to this person that carries a form's link, or None."""
    if purpose not in MAILS_OF:
        return None
    about = "" if purpose in {"findings", "cohort"} else target_id
    fitting = await _mails(owners, person_id, MAILS_OF[purpose], about)
    return fitting[0] if fitting else None


async def mail_with(portal: Portal, link: Link) -> MailRow | None:
    """Return the newest mail that carries such a link and still goes out, or None."""
    if link.purpose == "report":
        report = await portal.read.reports.get(link.target_id)
        templates = (OF_REPORT[report.kind],) if report else ("report-news",)
        fitting = await _mails(portal.owners, link.person_id, templates, (report and report.visit_id) or "")
        return fitting[0] if fitting else None
    if link.purpose == "my-visits":
        for mail in await _mails(portal.owners, link.person_id, WITH_MY_VISITS, ""):
            meeting = await portal.read.meetings.get("visit", mail.target_id) or await portal.read.meetings.get(
                "cohort-event", mail.target_id
            )
            if meeting is not None and meeting.ahead(portal.clock.now()):
                return mail
        return None
    return await find_mail(portal.owners, link.person_id, link.purpose, link.target_id)


async def resend(portal: Portal, mail: MailRow, visitor: Visitor, once: str) -> str:
    """Have it sent again; return what to say. Raises TooOften, and Rejected and Retryable as notifications did."""
    portal.count("again", visitor.person_id)
    await portal.count_schools("again-school", visitor.person_id)
    key = f"page-resend-{visitor.link.ref}-{once}-{mail.mail_id}"
    await portal.owners.ask(ResendMail(mail_id=mail.mail_id), key=key, actor=visitor.person_id)
    return ON_ITS_WAY


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


async def _mails(owners: Owners, person_id: str, templates: tuple[str, ...], about: str) -> list[MailRow]:
    rows: MailRows = await owners.find(ListMails(person_id=person_id, target_id=about, limit=200))
    return [row for row in rows.mails if row.template in templates and row.person_id == person_id]
