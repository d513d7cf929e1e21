"""Tasks and mornings, in memory."""

from tests.fakes.memory import Memory


class MemoryTasks:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["tasks"]

    async def get(self, task_id):
        return self._kept.get(task_id)

    async def put(self, tasks) -> None:
        self._kept.update({task.task_id: task for task in tasks})

    async def drop(self, task_ids) -> None:
        for task_id in task_ids:
            self._kept.pop(task_id, None)

    async def of_things(self, thing_ids, keys=None):
        found = [one for one in self._kept.values() if one.thing_id in thing_ids and (keys is None or one.task in keys)]
        return sorted(found, key=lambda one: one.task_id)

    async def things_about(self, about_id):
        return sorted({one.thing_id for one in self._kept.values() if one.about_id == about_id})

    async def due(self, programme_id, day, limit):
        found = [
            one
            for one in self._kept.values()
            if one.programme_id == programme_id and one.next_on and one.next_on <= day
        ]
        return sorted(found, key=lambda one: (one.next_on, one.task_id))[:limit]

    async def search(self, wish, limit, offset):
        found = sorted((one for one in self._kept.values() if fits(one, wish)), key=lambda one: (one.due, one.task_id))
        return len(found), sum(one.owed for one in found), found[offset : offset + limit]


def fits(task, wish) -> bool:
    if wish.person_id and wish.person_id not in task.person_ids:
        return False
    if not task.task_id.startswith(wish.named):
        return False
    if wish.concerning and not {*task.person_ids, task.school_id}.intersection(wish.concerning):
        return False
    names = ("programme_id", "school_id", "task", "state")
    return all(getattr(wish, name) in {"", None, getattr(task, name)} for name in names)


class MemoryMornings:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["mornings"]

    async def claim(self, programme_id, days):
        new = [day for day in sorted(days) if (programme_id, day) not in self._kept]
        self._kept.update(dict.fromkeys(((programme_id, day) for day in new), True))
        return new

    async def over(self, programme_id, day) -> None:
        for key in [key for key in self._kept if key[0] == programme_id and key[1] <= day]:
            del self._kept[key]
