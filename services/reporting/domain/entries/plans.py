"""The lines of an entry's action plans: an id that stays with a line over versions, its day, and who sees to it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.reporting.domain.decisions.decision import Decision
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.parsing import day_from
from services.reporting.domain.entries.records import Entry, PlanLine
from services.reporting.domain.entries.told import facts
from services.reporting.domain.ids import derived
from shared.events.forms import PlanChanged, PlannedLine
from shared.template import Form
from shared.template.answers import Answers


def plan_of(
    answers: Answers, before: Sequence[PlanLine], context: Context, *, entry_id: str, number: int
) -> tuple[PlanLine, ...]:
    """The lines of version `number`. One that says what it said before keeps its id, else one in the same place."""
    rows = list(_rows(answers, context.form))
    same_text = {(line.field, line.what): line for line in reversed(before)}
    kept = {place: same_text.pop((field, row["what"]), None) for place, (field, _, row) in enumerate(rows)}
    left = {(line.field, line.row): line for line in before if line not in kept.values()}
    found = []
    for place, (field, index, row) in enumerate(rows):
        known = kept[place] or left.pop((field, index), None)
        line_id = known.line_id if known else derived("act", entry_id, str(number), field, str(index))
        found.append(_line(row, known, context, PlanLine(line_id=line_id, field=field, row=index, what=row["what"])))
    return tuple(found)


def _line(row: Mapping[str, str], known: PlanLine | None, context: Context, line: PlanLine) -> PlanLine:
    """The line as its row says it. What was changed or said since holds, unless the row now says something else."""
    written = {key: row.get(key, "") for key in ("owner", "address", "due", "status")}
    before, about = known.written if known else {}, context.subject.situation
    changes: dict[str, object] = {
        "written": written,
        "school_id": about.host_school_id or about.school_id or "",
        "changed_at": known.changed_at if known else None,
    }
    changes["status"] = known.status if known and before.get("status") == written["status"] else written["status"]
    changes["due"] = known.due if known and before.get("due") == written["due"] else day_from(written["due"])
    if known and (before.get("owner"), before.get("address")) == (written["owner"], written["address"]):
        changes |= known.model_dump(include={"owner", "address", "owner_id", "awaited"})
    else:
        changes |= owned(written["owner"], written["address"], context)
    return line.model_copy(update=changes)


def owned(owner: str, address: str, context: Context) -> dict[str, object]:
    """Whose a line is: of the one person at the school in the role that is written; of an address, once it is known."""
    owner_id = "" if address else _in_role(owner, context)
    return {"owner": owner, "address": address, "owner_id": owner_id, "awaited": bool(address)}


def planned(plan: Iterable[PlanLine]) -> tuple[PlannedLine, ...]:
    """The lines as events say them: ids, days and states only."""
    return tuple(
        PlannedLine(
            line_id=one.line_id, due=one.due, owner_id=one.owner_id or None, awaited=one.awaited, status=one.status
        )
        for one in plan
    )


def line_of(entry: Entry, line_id: str) -> PlanLine | None:
    """The line with that id, or None."""
    return next((line for line in entry.plan if line.line_id == line_id), None)


def owners_known(entry: Entry | None, owners: Mapping[str, str], number: int) -> Decision[Entry]:
    """Take in who the owners are that version `number` names by address. `owners`: line -> person; empty: nobody."""
    if entry is None or entry.number != number:
        return Decision()
    plan = tuple(
        line.model_copy(update={"owner_id": owners[line.line_id], "awaited": False})
        if line.awaited and line.line_id in owners
        else line
        for line in entry.plan
    )
    return changed(entry, plan)


def progressed(entry: Entry | None, line_id: str, status: str, now: dt.datetime) -> Decision[Entry]:
    """Its owner has said how a line stands."""
    if entry is None or not status:
        return Decision()
    update = {"status": status, "changed_at": now}
    return changed(
        entry, tuple(line.model_copy(update=update) if line.line_id == line_id else line for line in entry.plan)
    )


def changed(entry: Entry, plan: tuple[PlanLine, ...]) -> Decision[Entry]:
    """The entry with another plan; it is told where what events say of it is something else."""
    if plan == entry.plan:
        return Decision()
    if planned(plan) == planned(entry.plan):
        return Decision(record=entry.model_copy(update={"plan": plan}))
    after = entry.model_copy(update={"plan": plan, "version": entry.version + 1})
    return Decision(record=after, events=(PlanChanged(**facts(after), plan=planned(plan)),))


def _rows(answers: Answers, form: Form) -> Iterator[tuple[str, int, Mapping[str, str]]]:
    for field in form.fields:
        if field.kind == "actions":
            for index, row in enumerate(answers.get(field.key, ())):
                if isinstance(row, dict):
                    yield field.key, index, row


def _in_role(owner: str, context: Context) -> str:
    wanted = owner.strip().casefold().removeprefix("the ")
    template, about = context.programme.template, context.subject.situation
    school = about.host_school_id or about.school_id
    roles = [role for role in template.roles if wanted in {role.key, role.title.casefold()}]
    held = {person for role in roles if school for person in context.known.holding(role.key, (school,))}
    return held.pop() if len(held) == 1 else ""
