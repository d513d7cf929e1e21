"""The lines of an entry's action plans: an id that stays with a line over versions, its day, and who sees to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.parsing import day_from
from services.reporting.domain.entries.records import Entry, PlanLine
from services.reporting.domain.ids import derived
from shared.events.forms import PlannedLine
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
        owner, address = row.get("owner", ""), row.get("address", "")
        found.append(
            PlanLine(
                line_id=known.line_id if known else derived("act", entry_id, str(number), field, str(index)),
                field=field,
                row=index,
                what=row["what"],
                due=day_from(row.get("due", "")),
                owner=owner,
                address=address,
                owner_id=_owner(owner, address, known, context),
                status=row.get("status", ""),
            )
        )
    return tuple(found)


def planned(plan: Iterable[PlanLine]) -> tuple[PlannedLine, ...]:
    """The lines as events say them: ids and days only."""
    return tuple(PlannedLine(line_id=one.line_id, due=one.due, owner_id=one.owner_id or None) for one in plan)


def line_of(entry: Entry, line_id: str) -> PlanLine | None:
    """The line with that id, or None."""
    return next((line for line in entry.plan if line.line_id == line_id), None)


def with_owners(plan: Sequence[PlanLine], owners: Mapping[str, str]) -> tuple[PlanLine, ...]:
    """The lines with the people who see to them. `owners`: line id -> person; of other lines nothing changes."""
    return tuple(
        line.model_copy(update={"owner_id": owners[line.line_id]}) if owners.get(line.line_id) else line
        for line in plan
    )


def _rows(answers: Answers, form: Form) -> Iterator[tuple[str, int, Mapping[str, str]]]:
    for field in form.fields:
        if field.kind == "actions":
            for index, row in enumerate(answers.get(field.key, ())):
                if isinstance(row, dict):
                    yield field.key, index, row


def _owner(owner: str, address: str, known: PlanLine | None, context: Context) -> str:
    """The one person at the school who holds the role that is written there; or who was known before."""
    if known and (known.owner, known.address) == (owner, address):
        return known.owner_id
    if address:
        return ""  # whoever keeps people says who this is
    wanted = owner.strip().casefold().removeprefix("the ")
    template, about = context.programme.template, context.subject.situation
    school = about.host_school_id or about.school_id
    roles = [role for role in template.roles if wanted in {role.key, role.title.casefold()}]
    held = {person for role in roles if school for person in context.known.holding(role.key, (school,))}
    return held.pop() if len(held) == 1 else ""
