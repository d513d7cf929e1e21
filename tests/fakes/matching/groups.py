"""The groups of matching in memory."""

from dataclasses import dataclass, field
from math import dist
from typing import Any


@dataclass
class FakeGroups:
    """Ports `Groups`, `GroupChanges` and `UntoldGroups`."""

    kept: dict[str, Any] = field(default_factory=dict)

    async def group(self, group_id):
        return self.kept.get(group_id)

    async def groups(self, cohort_id, limit=0, offset=0):
        found = [group for group in self._of(cohort_id) if group.members]
        return found[offset : offset + limit if limit else None]

    async def groups_near(self, cohort_id, place, wanted):
        return sorted(await self.groups(cohort_id), key=lambda one: (dist(one.where, place), one.group_id))

    async def last_number(self, cohort_id):
        return max((group.number for group in self._of(cohort_id)), default=0)

    async def group_of(self, cohort_id, school_id):
        return next((group for group in self._of(cohort_id) if school_id in group.members), None)

    async def grouped_before(self, programme_id, schools):
        before: dict[str, set[str]] = {}
        for group in self.kept.values():
            if group.state == "published" and group.programme_id != programme_id:
                for school in set(group.ever) & set(schools):
                    before.setdefault(school, set()).update(set(group.ever) - {school})
        return before

    async def published(self, cohort_id):
        found = [group for group in self._of(cohort_id) if group.state == "published" and group.school_ids]
        return [group.model_copy(update={"proposed": None}) for group in found]

    async def published_group_of(self, cohort_id, school_id):
        return next((group for group in await self.published(cohort_id) if school_id in group.school_ids), None)

    async def changing(self, cohort_id):
        return [group for group in self._of(cohort_id) if group.state == "published" and group.proposed is not None]

    async def drafted(self, cohort_id):
        return sum(group.state == "draft" for group in self._of(cohort_id))

    async def replace_drafts(self, cohort_id, groups):
        for group in self._of(cohort_id):
            if group.state == "draft":
                del self.kept[group.group_id]
            else:
                self._change(group, proposed=None)
        self.kept.update((group.group_id, group) for group in groups)

    async def put_group(self, group):
        self.kept[group.group_id] = group

    async def publish_groups(self, cohort_id):
        for group in self._of(cohort_id):
            if group.state == "draft":
                self._change(group, state="published", told=False, version=1)
            elif group.proposed is not None:
                self._change(group, told=False)

    async def telling(self, cohort_id):
        return any(group.state == "published" and not group.told for group in self._of(cohort_id))

    async def untold(self, limit):
        waiting = [group for group in self.kept.values() if group.state == "published" and not group.told]
        found = sorted(waiting, key=lambda group: (group.cohort_id, group.number))[:limit]
        for group in found:
            self._change(group, told=True)
        return found

    def _of(self, cohort_id):
        found = [group for group in self.kept.values() if group.cohort_id == cohort_id]
        return sorted(found, key=lambda group: group.number)

    def _change(self, group, **fields):
        self.kept[group.group_id] = group.model_copy(update=fields)
