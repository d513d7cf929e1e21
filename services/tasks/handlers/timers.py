"""Mornings, tasks that are laid out in batches, and days on which somebody's part begins or ends."""

from services.tasks.domain.dates import Programming
from services.tasks.domain.decisions.changes import Change
from services.tasks.domain.decisions.mornings import morning
from services.tasks.domain.layout import Case
from services.tasks.domain.records import TaskRecord
from services.tasks.domain.situations import situation
from services.tasks.domain.touched import follows_tasks, touched
from services.tasks.handlers.cases import Cases
from services.tasks.handlers.saving import MORNING, save_changes
from services.tasks.ports.stores import Stores
from shared.bus import Reminder, UnitOfWork
from shared.template.resolving import people_for

__all__ = ["LAYOUT", "PEOPLE", "Timers", "lay_out"]

LAYOUT, PEOPLE = "layout", "people"
TASKS_AT_ONCE = 600
"""About so many tasks are looked at in one transaction."""
PEOPLE_A_THING = 3


def lay_out(programme_id: str, anchor: str, work: UnitOfWork, after: str = "") -> None:
    """Have tasks of all things of a programme laid out, from the thing after that key.

    They are those that the anchor touches, or all where it is empty.
    """
    data = {"programme_id": programme_id, "anchor": anchor, "after": after}
    work.remind(LAYOUT, f"{programme_id}:{anchor}", work.now, data)


class Timers:
    """One method a reminder."""

    def __init__(self, stores: Stores, cases: Cases) -> None:
        self._stores = stores
        self._cases = cases

    async def layout(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Lay out the tasks of the next things, and go on with those after them."""
        programme_id, anchor = reminder.data["programme_id"], reminder.data["anchor"]
        programme = await self._stores.programmes.get(programme_id)
        if programme is None:
            return
        keys = touched(programme.template, anchor) if anchor else {task.key for task in programme.template.tasks}
        if not keys:
            return
        limit = max(1, TASKS_AT_ONCE // (PEOPLE_A_THING * len(keys)))
        things = await self._stores.around.after(programme_id, reminder.data["after"], limit)
        await self._cases.settle(programme_id, things, work, keys)
        if len(things) == limit:
            lay_out(programme_id, anchor, work, things[-1])

    async def people(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Somebody's part at a school begins or ends today."""
        programme_id, school_id = reminder.data["programme_id"], reminder.data["school_id"]
        things = await self._stores.around.of_schools(programme_id, [school_id])
        await self._cases.settle(programme_id, things, work)

    async def morning(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask, remind and miss what is due by now; a large programme goes on at once with the next tasks."""
        programme_id = reminder.data["programme_id"]
        shared = await self._cases.programming(programme_id, work.now)
        if shared is None:
            return
        due = await self._stores.tasks.due(programme_id, shared.today, TASKS_AT_ONCE)
        things = {task.thing_id for task in due}
        await self._stores.things.claim(things)
        overdue = {task.thing_id for task in due if task.state == "open" and task.due < shared.today}
        choosing = {task.thing_id for task in due if task.do == "choose"}
        cases = await self._cases.cases(shared, overdue | choosing) if overdue | choosing else {}
        changes = [self._seen_to(task, shared, cases.get(task.thing_id)) for task in due]
        await self._stores.mornings.over(programme_id, shared.today)
        await save_changes(self._stores, shared.programme, changes, work)
        if follows_tasks(shared.template):
            await self._cases.settle(programme_id, things, work)
        if len(due) == TASKS_AT_ONCE:
            work.remind(MORNING, reminder.key, work.now, dict(reminder.data))

    @staticmethod
    def _seen_to(task: TaskRecord, shared: Programming, case: Case | None) -> Change:
        declared = next((one for one in shared.template.tasks if one.key == task.task), None)
        tell: tuple[str, ...] = ()
        if case and declared and declared.missed:
            entry = next((one for one in case.entries if one.entry_id == task.entry_id), None)
            about = situation(shared.programme, case.thing, case.known, entries=case.entries, entry=entry)
            tell = people_for(declared.missed.tell, shared.template, about, case.known)
        return morning(task, shared.today, shared.calendar, tell, _silent(task, case))


def _silent(task: TaskRecord, case: Case | None) -> tuple[str, ...]:
    """Those of several who choose days together whose turn it is."""
    waiting = case.thing.waiting.get(task.of, ()) if case and task.do == "choose" else ()
    return tuple(one for one in task.person_ids if one in waiting)
