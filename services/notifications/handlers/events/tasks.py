"""Tasks: what is owed is kept as it stands, and who owes it hears of it."""

from services.notifications.domain.decisions import tasks as decisions
from services.notifications.domain.decisions.tasks import KNOWN_ALREADY, TaskRecords
from services.notifications.domain.template_mails.records import Owed, Passage, TaskState
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from services.notifications.ports.template_facts import OwedTasks
from shared.bus.unit_of_work import UnitOfWork
from shared.events.tasks import (
    TaskAsked,
    TaskDone,
    TaskExcused,
    TaskFacts,
    TaskMissed,
    TaskReminded,
    TaskReopened,
)

_CLOSED: dict[type[TaskFacts], TaskState] = {TaskDone: "done", TaskExcused: "excused"}


class Tasks:
    """Reactions to what becomes of tasks."""

    def __init__(self, records: Records, tasks: OwedTasks, cases: Cases, own: OwnWords) -> None:
        self._records = records
        self._tasks = tasks
        self._cases = cases
        self._own = own

    async def asked(self, event: TaskAsked, work: UnitOfWork) -> None:
        """Ask everybody who owes it."""
        records = await self._kept(event, "open", event.person_ids)
        if records and not await self._own_words(records, "asked", f"{event.task_id}/{event.version}", work):
            await self._records.save(decisions.asked(records, work.now), work)

    async def reopened(self, event: TaskReopened, work: UnitOfWork) -> None:
        """Ask again, unless they hear of it otherwise."""
        records = await self._kept(event, "open", event.person_ids)
        if records and event.reason not in KNOWN_ALREADY:
            await self._records.save(decisions.asked_again(records, work.now), work)

    async def reminded(self, event: TaskReminded, work: UnitOfWork) -> None:
        """Remind those who have not done it."""
        records = await self._kept(event, "open", event.silent or event.person_ids)
        if records and not await self._own_words(records, "reminded", f"{event.task_id}/{event.version}", work):
            await self._records.save(decisions.reminded(records, event.reminder, work.now), work)

    async def missed(self, event: TaskMissed, work: UnitOfWork) -> None:
        """Tell whom the template names."""
        records = await self._kept(event, "missed", event.tell)
        if records and not await self._own_words(records, "missed", f"{event.task_id}/{event.version}", work):
            await self._records.save(decisions.missed(records, work.now), work)

    async def closed(self, event: TaskDone | TaskExcused, work: UnitOfWork) -> None:
        """Nobody owes it any more; what still waits about it is not sent."""
        records = await self._kept(event, _CLOSED[type(event)], ())
        if records and isinstance(event, TaskDone):
            await self._own_words(records, "done", f"{event.task_id}/{event.version}", work)

    async def _kept(self, event: TaskFacts, state: TaskState, person_ids: tuple[str, ...]) -> TaskRecords | None:
        programme = await self._records.programme(event.programme_id)
        if programme.whole is None:
            return None
        task = Owed.of_event(event, state)
        await self._tasks.put(task)
        people = await self._cases.known(programme, person_ids, task.school_id)
        return TaskRecords(programme, programme.whole, task, people)

    async def _own_words(self, records: TaskRecords, state: str, occasion: str, work: UnitOfWork) -> bool:
        task = records.task
        happened = Happened(records.programme, records.template, task.task, state, occasion)
        case = await self._cases.of_task(records.programme, records.template, task)
        about = Passage(mail="", task_id=task.task_id, school_id=task.school_id or "")
        return await self._own.sent(happened, case, about, work)
