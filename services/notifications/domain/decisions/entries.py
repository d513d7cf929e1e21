"""Entries of forms: who reads one next hears of it, and who wrote it of the changes that are asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import News
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import compose_row
from services.notifications.domain.template_mails.people import Recipient, letter_to
from services.notifications.domain.template_mails.records import FormEntry, NewsKind


@dataclass(frozen=True)
class EntryRecords:
    """An entry with its programme, and whom the news is for; `by`: who did it, who hears nothing of it.

    `introduced`: whose addresses the others of them may see.
    """

    programme: Programme
    entry: FormEntry
    people: Sequence[Recipient]
    by: str = ""
    introduced: Sequence[str] = ()


def told(records: EntryRecords, news: NewsKind, now: dt.datetime) -> Decision:
    """Tell everybody but who did it."""
    entry = records.entry
    refs = {"entry": entry.entry_id, **({"school": entry.school_id} if entry.school_id else {})}
    if records.by and news in {"changes-asked", "answered"}:
        refs["person"] = records.by
    if records.introduced:
        refs["people"] = " ".join(records.introduced)
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "entry-news", essential=True),
                f"entry/{news}/{entry.entry_id}/{entry.version}",
                now,
                programme_id=records.programme.programme_id,
                refs=refs,
                details=News(news=news, number=entry.number),
            )
            for one in records.people
            if one.person_id != records.by
        )
    )
