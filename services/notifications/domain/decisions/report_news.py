"""Reports of templates: readers hear that one is there, the coordinator that one could not be made."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import ReportNews
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import compose_row
from services.notifications.domain.template_mails.people import Recipient, letter_to
from shared.events.reports import ReportFacts


@dataclass(frozen=True)
class ReportRecords:
    """A report as its event says it, its programme, and whom the news is for."""

    programme: Programme
    event: ReportFacts
    people: Sequence[Recipient]


def told(records: ReportRecords, news: ReportNews, occasion: str, now: dt.datetime) -> Decision:
    """Tell everybody, each once for an occasion."""
    event = records.event
    refs = {"report": event.report_id, **({"school": event.school_id} if event.school_id else {})}
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "report-news", essential=True),
                f"report/{news.news}/{event.report_id}/{occasion}",
                now,
                programme_id=records.programme.programme_id,
                refs=refs,
                details=news,
            )
            for one in records.people
        )
    )
