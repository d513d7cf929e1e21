"""Enrolments in memory."""

from services.programmes.domain.records import EnrolmentRecord


class MemoryEnrolments:
    def __init__(self) -> None:
        self.kept: dict[str, EnrolmentRecord] = {}

    async def of_school(self, programme_id, school_id):
        found = [one for one in self._of(programme_id) if one.school_id == school_id]
        return found[0] if found else None

    async def put(self, enrolment):
        self.kept[enrolment.enrolment_id] = enrolment

    async def enrolled_ids(self, programme_id):
        return sorted(one.enrolment_id for one in self._of(programme_id) if one.state == "enrolled")

    async def enrolled(self, programme_id):
        return [one for one in self._of(programme_id) if one.state == "enrolled"]

    async def enrolled_schools(self, programme_id):
        return {one.school_id: one.urn for one in self._of(programme_id) if one.state == "enrolled"}

    async def enrolled_urns(self, programme_id):
        return [one.urn for one in self._of(programme_id) if one.state == "enrolled"]

    async def of_schools(self, school_ids):
        wanted = set(school_ids)
        found = [one for one in self.kept.values() if one.school_id in wanted and one.state == "enrolled"]
        return sorted(found, key=lambda one: (one.urn, one.enrolment_id))

    async def pinned(self):
        return {one.urn: one.school_id for one in self.kept.values()}

    async def page(self, programme_id, urns, limit, offset):
        found = [one for one in self._of(programme_id) if urns is None or one.urn in urns]
        return len(found), found[offset : offset + limit]

    async def urns(self, programme_id):
        return [one.urn for one in self._of(programme_id)]

    async def holding(self, person_ids):
        wanted = set(person_ids)
        standing = [one for one in self.kept.values() if one.state == "enrolled"]
        found = [one for one in standing if wanted & {held.person_id for held in one.people}]
        return sorted(found, key=lambda one: one.urn)

    async def counts(self, programme_id):
        states = [one.state for one in self._of(programme_id)]
        return states.count("enrolled"), states.count("withdrawn")

    def _of(self, programme_id):
        found = [one for one in self.kept.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: one.urn)
