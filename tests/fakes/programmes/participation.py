"""Schools' parts in programmes in memory."""

from collections import defaultdict

from services.programmes.domain.participation.records import Participation, SchoolEntry


class MemoryParticipations:
    def __init__(self) -> None:
        self.parts: dict[str, Participation] = {}
        self.entries: dict[str, SchoolEntry] = {}
        self.forms: frozenset[tuple[str, str]] = frozenset()

    async def begin_form(self, programme_id, form):
        self.forms |= {(programme_id, form)}

    async def forms_begun(self, programme_id):
        return frozenset(form for of, form in self.forms if of == programme_id)

    async def participation(self, participation_id):
        return self.parts.get(participation_id)

    async def put_participation(self, participation):
        self.parts = {**self.parts, participation.participation_id: participation}

    async def of_programme(self, programme_id):
        found = [one for one in self.parts.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: one.urn)

    async def put_entry(self, entry):
        known = self.entries.get(entry.entry_id)
        if known is not None and known.version >= entry.version:
            return False
        self.entries = {**self.entries, entry.entry_id: entry}
        return True

    async def counts(self, programme_id, school_ids):
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for one in self.entries.values():
            if one.programme_id == programme_id and one.school_id in school_ids and one.stands:
                found[one.school_id][one.form] += 1
        return {school: dict(forms) for school, forms in found.items()}
