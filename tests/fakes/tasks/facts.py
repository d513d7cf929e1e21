"""What happened, in memory."""

from tests.fakes.memory import Memory


class MemoryProgrammes:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["programmes"]

    async def get(self, programme_id):
        return self._kept.get(programme_id)

    async def put(self, programme) -> None:
        self._kept[programme.programme_id] = programme


class MemoryMoments:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["moments"]

    async def of(self, programme_id):
        found = [one for one in self._kept.values() if one.programme_id == programme_id]
        return {(one.anchor, one.state): one.on for one in found}

    async def put(self, moment) -> None:
        self._kept[moment.programme_id, moment.anchor, moment.state] = moment


class MemoryThings:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["things"]

    async def get(self, thing_id):
        return self._kept.get(thing_id)

    async def of(self, thing_ids):
        return {key: self._kept[key] for key in sorted(thing_ids) if key in self._kept}

    async def put(self, thing) -> None:
        self._kept[thing.thing_id] = thing

    async def claim(self, thing_ids) -> None:
        """One transaction runs at a time here."""

    async def of_schools(self, programme_id, school_ids):
        return [
            key
            for key, one in sorted(self._kept.items())
            if one.programme_id == programme_id and one.schools.intersection(school_ids)
        ]

    async def of_school_everywhere(self, school_id):
        return [one for _, one in sorted(self._kept.items()) if (one.kind, one.about_id) == ("school", school_id)]

    async def after(self, programme_id, thing_id, limit):
        ours = [key for key, one in sorted(self._kept.items()) if one.programme_id == programme_id]
        return [key for key in ours if key > thing_id][:limit]


class MemoryEntries:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["entries"]

    async def get(self, entry_id):
        return self._kept.get(entry_id)

    async def with_line(self, line_id):
        return next((one for one in self._all() if line_id in {line.line_id for line in one.lines}), None)

    async def put(self, entry) -> None:
        self._kept[entry.entry_id] = entry

    async def of_things(self, thing_ids):
        return [one for one in self._all() if one.thing_id in thing_ids]

    async def about(self, programme_id, about_ids):
        return [one for one in self._all() if one.programme_id == programme_id and one.about_id in about_ids]

    async def of_forms(self, programme_id, forms, school_ids):
        return [
            one
            for one in self._all()
            if one.programme_id == programme_id and one.form in forms and one.school_id in school_ids
        ]

    def _all(self):
        return [one for _, one in sorted(self._kept.items())]


class MemoryAnswers:
    def __init__(self, memory: Memory) -> None:
        self._kept = memory["answers"]

    async def get(self, target_id, person_id):
        return self._kept.get((target_id, person_id))

    async def of(self, target_ids):
        return {key: one for key, one in self._kept.items() if one.target_id in target_ids}

    async def put(self, answer) -> None:
        self._kept[answer.target_id, answer.person_id] = answer
