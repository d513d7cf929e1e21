"""Follows enrolled schools through an import of the register: publishes what changed, and warns the coordinator."""

from collections.abc import Collection, Iterable, Mapping

from services.programmes.domain.imports import Progress
from services.programmes.domain.records import EnrolmentRecord
from services.programmes.domain.register.entry import RegisterEntry
from services.programmes.domain.register.following import Followed, follow, in_one_trust, missing, standing_under
from services.programmes.ports.enrolments import Enrolled
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import SchoolImports
from shared.bus import UnitOfWork
from shared.template.kinds import TOGETHER

__all__ = ["Following"]


class Following:
    """Compares how schools stood with how they stand, within the transaction that changes them."""

    def __init__(self, schools: SchoolImports, enrolled: Enrolled, programmes: Programmes) -> None:
        self._schools = schools
        self._enrolled = enrolled
        self._programmes = programmes

    async def batch(
        self, changed: Iterable[RegisterEntry], before: Mapping[int, RegisterEntry], work: UnitOfWork
    ) -> Progress:
        """After a batch of entries was saved; `before` are its entries as they were, by URN."""
        enrolments = await self._of({entry.school_id for entry in changed})
        now = await self._schools.entries_of(enrolments)
        were = {
            school_id: standing_under(before.get(entry.school.urn, entry) for entry in entries)
            for school_id, entries in now.items()
        }
        return await self._follow(were, now, enrolments, work)

    async def identified(self, were: Mapping[str, list[RegisterEntry]], work: UnitOfWork) -> Progress:
        """After links have made schools of several URNs one; `were` are the entries of enrolled schools before."""
        enrolments = await self._of(were)
        now = await self._schools.entries_of(enrolments)
        return await self._follow({key: standing_under(each) for key, each in were.items()}, now, enrolments, work)

    async def standing(self) -> dict[str, list[RegisterEntry]]:
        """The entries of every school that is enrolled, or was."""
        return await self._schools.entries_of((await self._enrolled.pinned()).values())

    async def missing(self, seen: Collection[int]) -> tuple[str, ...]:
        """A sentence about enrolled schools that are not among these URNs of a file of open schools."""
        enrolments = await self._of((await self._enrolled.pinned()).values())
        now = await self._schools.entries_of(enrolments)
        return missing([one for entries in now.values() if (one := standing_under(entries))], seen)

    async def _of(self, school_ids: Iterable[str]) -> dict[str, list[EnrolmentRecord]]:
        found: dict[str, list[EnrolmentRecord]] = {}
        for record in await self._enrolled.of_schools(school_ids):
            found.setdefault(record.school_id, []).append(record)
        return found

    async def _follow(
        self,
        were: Mapping[str, RegisterEntry | None],
        now: Mapping[str, list[RegisterEntry]],
        enrolments: Mapping[str, list[EnrolmentRecord]],
        work: UnitOfWork,
    ) -> Progress:
        warnings: list[str] = []
        for school_id, records in sorted(enrolments.items()):
            stands = standing_under(now.get(school_id, ()))
            if stands is None or stands == were.get(school_id):
                continue
            names = {one.programme_id: (await self._programmes.get(one.programme_id)).name for one in records}
            links = await self._schools.links([stands.school.urn])
            found = follow(were.get(school_id), stands, records, links, names)
            await self._keep(found, work)
            warnings += [*found.warnings, *await self._in_one_trust(were.get(school_id), stands, records)]
        return Progress(notes=tuple(warnings))

    async def _keep(self, found: Followed, work: UnitOfWork) -> None:
        if found.entry is not None:
            await self._schools.put_entries((), [found.entry])
        for record in found.enrolments:
            await self._enrolled.put(record)
        for event in found.events:
            work.publish(event)

    async def _in_one_trust(
        self, before: RegisterEntry | None, after: RegisterEntry, records: Iterable[EnrolmentRecord]
    ) -> list[str]:
        """Warnings that a school has come into the trust of another one in its programme."""
        if before is None or not after.school.trust_code or before.school.trust_code == after.school.trust_code:
            return []
        found = []
        for record in records:
            if (await self._programmes.get(record.programme_id)).terms.party in TOGETHER:
                continue
            others = await self._enrolled.enrolled(record.programme_id)
            entries = await self._schools.entries(one.urn for one in others if one.school_id != record.school_id)
            if said := in_one_trust(after, entries.values()):
                found.append(said)
        return found
