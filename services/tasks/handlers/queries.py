"""Who owes what, and what became of it."""

from services.tasks.domain.decisions.people import known
from services.tasks.domain.records import Programme, TaskRecord
from services.tasks.ports.stores import Stores
from services.tasks.ports.tasks import Wish
from shared.commands.tasks import ListTasks, ShowTask, TaskDetail, TaskRow, TaskRows, TaskStep

__all__ = ["Queries"]


class Queries:
    """One method a query."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def list(self, query: ListTasks) -> TaskRows:
        """Tasks that fit, the earliest due first."""
        wish = Wish(**query.model_dump(exclude={"limit", "offset"}))
        total, owed, found = await self._stores.search.search(wish, query.limit, query.offset)
        programmes: dict[str, Programme | None] = {}
        for programme_id in {task.programme_id for task in found}:
            programmes[programme_id] = await self._stores.programmes.get(programme_id)
        rows = tuple(_row(task, programmes[task.programme_id]) for task in found)
        return TaskRows(total=total, owed=owed, tasks=rows)

    async def show(self, query: ShowTask) -> TaskDetail:
        """One task with its history."""
        task = known(await self._stores.tasks.get(query.task_id))
        row = _row(task, await self._stores.programmes.get(task.programme_id))
        history = tuple(TaskStep(what=one.what, on=one.on, why=one.why) for one in task.history)
        ahead = task.reminders if task.owed else ()
        return TaskDetail(task=row, reminders=ahead, note=task.note, history=history)


def _row(task: TaskRecord, programme: Programme | None) -> TaskRow:
    declared = next((one for one in programme.template.tasks if one.key == task.task), None) if programme else None
    name, title = programme.name if programme else "", declared.title if declared else ""
    fields = set(TaskRow.model_fields) - {"programme", "title"}
    return TaskRow(programme=name, title=title or task.task, **task.model_dump(include=fields))
