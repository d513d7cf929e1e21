"""What people ask for: to confirm, to let somebody off."""

from services.tasks.domain.calendar import Calendar
from services.tasks.domain.decisions.changes import Change, scheduled
from services.tasks.domain.decisions.people import confirm, excuse_task, known, pay
from services.tasks.domain.records import Programme, TaskRecord
from services.tasks.domain.touched import follows_tasks
from services.tasks.handlers.cases import Cases
from services.tasks.handlers.saving import save_changes
from services.tasks.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.tasks import ConfirmTask, ExcuseTask, MarkPaid
from shared.errors import Rejected

__all__ = ["Commands"]


class Commands:
    """One method a command."""

    def __init__(self, stores: Stores, cases: Cases, calendar: Calendar) -> None:
        self._stores = stores
        self._cases = cases
        self._calendar = calendar

    async def confirm(self, command: ConfirmTask, work: UnitOfWork) -> Done:
        """Somebody confirms what they were asked to confirm."""
        task, programme = await self._task(command.task_id)
        change = confirm(task, command.person_id, programme.local_day(work.now))
        return await self._save(change, task, programme, work, "Thank you, that is noted.")

    async def paid(self, command: MarkPaid, work: UnitOfWork) -> Done:
        """The coordinator knows that something is paid."""
        task, programme = await self._task(command.task_id)
        declared = next((one for one in programme.template.tasks if one.key == task.task), None)
        change = pay(task, declared, programme.local_day(work.now))
        return await self._save(change, task, programme, work, "It is paid; nobody is reminded any more.")

    async def excuse(self, command: ExcuseTask, work: UnitOfWork) -> Done:
        """The coordinator lets somebody off."""
        task, programme = await self._task(command.task_id)
        change = excuse_task(task, command.reason, programme.local_day(work.now))
        return await self._save(change, task, programme, work, "Nobody is asked for this any more.")

    async def _task(self, task_id: str) -> tuple[TaskRecord, Programme]:
        task = known(await self._stores.tasks.get(task_id))
        programme = await self._stores.programmes.get(task.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme.")
        return task, programme

    async def _save(
        self, change: Change, before: TaskRecord, programme: Programme, work: UnitOfWork, sentence: str
    ) -> Done:
        if change.record != before:
            today = programme.local_day(work.now)
            change = Change(scheduled(change.record, self._calendar, today), change.events)
            await save_changes(self._stores, programme, [change], work)
            if follows_tasks(programme.template):
                await self._cases.settle(programme.programme_id, [change.record.thing_id], work)
        return Done(id=change.record.task_id, version=change.record.version, sentence=sentence)
