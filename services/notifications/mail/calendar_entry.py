"""What an invitation says in somebody's calendar. Calendars are shared and synchronised, so it holds no link."""

import datetime as dt

from services.notifications.domain.invitations import Invitation, Mailbox
from services.notifications.domain.mail import Mail
from services.notifications.domain.targets import Target
from services.notifications.mail.views import TargetView


def entry(
    mail: Mail, target: Target, view: TargetView, *, organizer: Mailbox, attendee: Mailbox, programme: str, seal: str
) -> Invitation:
    """Return the calendar entry of a mail. It includes changes since the mail was queued."""
    of_dates = target.kind in {"agreed-day", "call"}
    agreed = of_dates or target.kind == "agreed-visit"
    summary = f"{view.title} with {view.others}" if of_dates else view.title
    summary = f"{view.title.rstrip('.')} at {view.host}" if view.host else summary
    return Invitation(
        target_id=target.target_id,
        sequence=max(mail.sequence, target.sequence),
        method=mail.method or "REQUEST",
        stamped=mail.queued_at.astimezone(dt.UTC),
        on=target.on, starts=target.starts, ends=target.ends, timezone=target.timezone,
        summary=summary,
        description=_description(view, programme),
        location=view.place,
        organizer=organizer,
        attendee=attendee,
        asked=mail.standing != "host" and not agreed,
        agreed=agreed,
        seal=seal,
    )  # fmt: skip


def _description(view: TargetView, programme: str) -> str:
    parts = [programme] if programme else []
    if view.purpose:
        parts.append(view.purpose)
    if view.access:
        parts.append(f"Getting in: {view.access}")
    parts += ["\n".join(("What happens:", *(said for said, _ in view.agenda)))] if view.agenda else []
    if view.facilitator:
        parts.append(f"Led by {view.facilitator}")
    if view.schools:
        parts.append("Who comes: " + ", ".join(school.name for school in view.schools if school.name))
    if view.brief is not None:
        parts += [f"{label}: {' '.join(text.split())}" for label, text in view.brief.notes]
        parts.append(f"What to explore: {view.brief.practice}")
        parts.append(f"The challenge: {view.brief.challenge}")
    return "\n\n".join(parts)
