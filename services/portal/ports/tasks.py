"""What people owe."""

from typing import Protocol

from services.portal.domain.tasks import Owed

__all__ = ["Tasks"]


class Tasks(Protocol):
    """Tasks of programmes whose template says everything."""

    async def get(self, task_id: str) -> Owed | None:
        """Return a task."""
        ...

    async def of_person(self, person_id: str) -> list[Owed]:
        """Return what somebody owes or has owed, the earliest due first."""
        ...
