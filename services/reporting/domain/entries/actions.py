"""Actions of plans that count, as lists show them, and what whoever leads them may change."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries.access import may_lead
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.parsing import is_address
from services.reporting.domain.entries.plans import changed, owned
from services.reporting.domain.entries.records import EngineProgramme, Entry, PlanLine
from services.reporting.domain.entries.searching import FoundActions
from services.reporting.domain.status import RATINGS, STATUS_WORDS, rating
from shared.commands.actions import ActionRow, ActionRows, ChangeAction, ListActions
from shared.commands.base import Done
from shared.commands.reporting import ActionStatus
from shared.errors import Rejected

SAVED = "The action is changed. Whoever sees to it now is asked how it stands."


@dataclass(frozen=True)
class Seen:
    """An entry whose `lines` somebody may see. `leads`: whether they may change them; `words`: read what is in them."""

    entry: Entry
    programme: EngineProgramme
    lines: Sequence[PlanLine]
    leads: bool = False
    words: bool = True


def paged(found: FoundActions, seen: Iterable[Seen], query: ListActions, now: dt.datetime) -> ActionRows:
    """The page of actions that was found, of which `seen` holds the entries."""
    rows = {row.action_id: row for one in seen for row in _rows(one, now)}
    stand = found.by_rating
    return ActionRows(
        total=stand.get(query.rating, 0) if query.rating else sum(stand.values()),
        by_rating={key: stand[key] for key in RATINGS if stand.get(key)},
        actions=tuple(rows[line] for _, line in found.lines if line in rows),
    )


def listed(seen: Iterable[Seen], query: ListActions, now: dt.datetime) -> ActionRows:
    """The actions that fit, a page of them, the earliest due first."""
    rows = [row for one in seen for row in _rows(one, now) if _fits(row, query)]
    stand = Counter(row.rating for row in rows)
    found = [row for row in rows if query.rating in {None, row.rating}]
    found.sort(key=lambda row: (row.due or dt.date.max, row.action_id))
    return ActionRows(
        total=len(found),
        by_rating={key: stand[key] for key in RATINGS if stand[key]},
        actions=tuple(found[query.offset : query.offset + query.limit]),
    )


def change(entry: Entry | None, context: Context | None, command: ChangeAction, now: dt.datetime) -> Answered[Entry]:
    """Give an action another owner, day or state. Raises Rejected: unknown-action, address, nothing."""
    if entry is None or context is None or not may_lead(command.person_id, entry, context):
        raise Rejected("unknown-action", "There is no such action.")
    owner, address = " ".join(command.owner.split()), command.address.strip()
    if address and not is_address(address):
        raise Rejected("address", "Give a work email address, such as a.name@school.example.")
    if address and not owner:
        raise Rejected("missing", "Give the name of whoever sees to it, beside the address.")
    line = next(line for line in entry.plan if line.line_id == command.action_id)
    update: dict[str, object] = {}
    if owner and (owner, address or line.address) != (line.owner, line.address):
        update |= owned(owner, address, context)
    if command.due:
        update["due"] = command.due
    if command.status and command.status != line.status:
        update |= {"status": command.status, "changed_at": now}
    if not (owner or command.due or command.status):
        raise Rejected("nothing", "Say what is different: who sees to it, the day, or how it stands.")
    after = line.model_copy(update=update)
    decision = changed(entry, tuple(after if one is line else one for one in entry.plan))
    record = decision.record or entry
    done = Done(id=line.line_id, version=max(record.version, 1), sentence=SAVED)
    return Answered(done=done, record=decision.record, events=decision.events)


def _rows(seen: Seen, now: dt.datetime) -> Iterator[ActionRow]:
    entry, programme = seen.entry, seen.programme
    form, today = programme.template.form(entry.form), programme.local_day(now)
    for line in seen.lines:
        status = state_of(line)
        yield ActionRow(
            action_id=line.line_id,
            entry_id=entry.entry_id,
            programme_id=programme.programme_id,
            programme=programme.name,
            form=entry.form,
            form_title=form.title if form else entry.form,
            school_id=line.school_id,
            what=line.what if seen.words else "",
            owner=line.owner if seen.words else "",
            owner_id=line.owner_id,
            due=line.due,
            status=status,
            rating=rating(status, line.due or today, today),
            said_on=programme.local_day(line.changed_at) if line.changed_at else None,
            may_change=seen.leads,
        )


def state_of(line: PlanLine) -> ActionStatus:
    """How a line stands; nobody has begun it where nothing is said."""
    return next((status for status in STATUS_WORDS if status == line.status), "not-started")


def _fits(row: ActionRow, query: ListActions) -> bool:
    wanted = {"school_id": query.school_id, "form": query.form, "owner_id": query.owner_id}
    same = all(not value or getattr(row, field) == value for field, value in wanted.items())
    concerns = not query.concerning or not {row.school_id, row.owner_id}.isdisjoint(query.concerning)
    return same and concerns and row.action_id.startswith(query.named)
