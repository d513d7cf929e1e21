"""Who owes what, as `tasks` says."""

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.tasks import TaskAsked, TaskDone, TaskExcused, TaskFacts, TaskMissed, TaskReminded, TaskReopened

AnyTask = TaskAsked | TaskReminded | TaskMissed | TaskReopened | TaskDone | TaskExcused
_KEPT = set(TaskFacts.model_fields)
_OWED = {"state": "open", "done_by": "", "done_on": None, "reason": ""}


class TaskProjection:
    """Keeps each task as it stands."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def changed(self, event: AnyTask, work: UnitOfWork) -> None:
        """Keep what the event says; what was missed is still owed."""
        fields = {**event.model_dump(mode="json", include=_KEPT), **_OWED}
        if isinstance(event, TaskDone):
            fields |= {"state": "done", "done_by": event.by, "done_on": event.on.isoformat()}
        if isinstance(event, TaskExcused):
            fields |= {"state": "excused", "reason": event.reason}
        await self._models.put("tasks", event.task_id, event.version, fields)
