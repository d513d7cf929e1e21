"""Links that anybody may answer: opened by somebody whom the form names, bounded, closed, begun anew.

A link that was posted where it should not be fills up and closes. Its answers stay on a sheet of their own, which
the next link leaves behind: nothing of it is shown from then on.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from services.reporting.domain.counting.answering import read_whole
from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.entries.access import unknown
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.opening import refuse_early
from services.reporting.domain.facts import Record
from shared.commands.shared_links import ListSharedLinks
from shared.errors import Rejected
from shared.template.answers import Answer

LinkState = Literal["open", "closed", "full"]
CLOSED = {
    "closed": "This link is closed. Thank you for wanting to answer.",
    "full": "This link has taken as many answers as it may, and is closed. Please tell whoever gave it to you.",
}


def wanted(found: Iterable["SharedLink"], query: ListSharedLinks) -> list["SharedLink"]:
    """Those that fit a query, as far as they say so themselves; of each form and thing the latest comes first."""
    rows, seen = [], set[tuple[str, str]]()
    for link in found:
        key = (link.form, link.about_id)
        if query.latest and key in seen:
            continue
        seen.add(key)
        if query.state in {None, link.state} and (not query.concerning or link.about_id in query.concerning):
            rows.append(link)
    return rows


class SharedLink(Record):
    """`token` stands in its address; `number` counts the links for one thing; `answers`: so many have come by it."""

    token: str
    programme_id: str
    form: str
    about_id: str
    number: int
    opened_on: dt.date
    opened_by: str
    state: LinkState = "open"
    answers: int = 0
    most: int

    @property
    def turn(self) -> str:
        """What tells its sheet from those of the links before and after it."""
        return f".{self.number:04}"


class Counted(NamedTuple):
    """The link and the sheet with one more answer."""

    link: SharedLink
    sheet: Sheet


def opened(
    context: Context, about_id: str, before: SharedLink | None, person_id: str, *, token: str, day: dt.date
) -> SharedLink:
    """A fresh link, in place of the one before. Raises Rejected: unknown-entry, no-link, not-yet."""
    _may(context, person_id)
    refuse_early(context.not_yet)
    shared = context.form.shared_link
    if shared is None:
        raise Rejected("no-link", "This form has no shared link: each person answers it by a link of their own.")
    return SharedLink(
        token=token,
        programme_id=context.programme.programme_id,
        form=context.form.key,
        about_id=about_id,
        number=before.number + 1 if before else 1,
        opened_on=day,
        opened_by=person_id,
        most=shared.most,
    )


def closed(link: SharedLink | None, context: Context, person_id: str) -> SharedLink:
    """The link once it takes no more answers. Raises Rejected: unknown-entry, no-link."""
    _may(context, person_id)
    if link is None:
        raise Rejected("no-link", "There is no link yet.")
    return link.model_copy(update={"state": "closed"}) if link.state == "open" else link


def answered(
    link: SharedLink,
    sheet: Sheet,
    context: Context,
    *,
    group: str,
    given: Mapping[str, Answer],
    seen: str,
    now: dt.datetime,
) -> Counted:
    """Count an answer that came by the link. Raises Rejected: closed, group, reworded, rules of the questions."""
    if said := why_not(link, context):
        raise Rejected("closed", said)
    if group not in sheet.groups:
        raise Rejected("group", "Choose which group you belong to.")
    answers = read_whole(given, sheet, context, seen=seen, now=now)
    number = link.answers + 1
    update = {"answers": number, "state": "full" if number >= link.most else "open"}
    return Counted(link.model_copy(update=update), sheet.with_answers(group, answers, context.form))


def why_not(link: SharedLink, context: Context) -> str:
    """Why a link takes no answers now; empty where it does."""
    if context.programme.still:
        return "The programme is not running now. Thank you for wanting to answer."
    return CLOSED.get(link.state) or context.not_yet


def may_open(context: Context, person_id: str) -> bool:
    """Whether somebody may open and close links: whom the form names, and the coordinator."""
    return person_id in {*context.people(context.form.by), context.programme.coordinator_id}


def _may(context: Context, person_id: str) -> None:
    if not may_open(context, person_id):
        raise unknown()
