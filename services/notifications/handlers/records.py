"""Loads what decisions need and saves what they return, inside the event's unit of work.

No mail is written or sent here. The workers do that.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Self

from services.notifications.domain.decisions import Decision
from services.notifications.domain.decisions.gathered import Gathered
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import after_restore, because
from services.notifications.domain.targets import Concerned, Target
from services.notifications.ports import Completions, Groups, Intake, Passages, Programmes, Targets
from services.notifications.ports.stores import Stores
from shared.bus.unit_of_work import UnitOfWork
from shared.errors import NotYet
from shared.roster import Roster
from shared.template.resolving import Needed


class Records:
    """Programmes, groups, targets and completions, and the queue of mails."""

    def __init__(
        self,
        programmes: Programmes,
        groups: Groups,
        targets: Targets,
        completions: Completions,
        *,
        intake: Intake,
        passages: Passages,
        roster: Roster,
    ) -> None:
        self.programmes = programmes
        self.groups = groups
        self.completions = completions
        self._targets = targets
        self._intake = intake
        self._passages = passages
        self._roster = roster
        self._known: dict[str, Programme] = {}

    @classmethod
    def of(cls, stores: Stores) -> Self:
        """Return the records of these stores."""
        return cls(
            stores.programmes, stores.groups, stores.targets, stores.completions,
            intake=stores.queue, passages=stores.passages, roster=stores.roster,
        )  # fmt: skip

    async def programme(self, programme_id: str) -> Programme:
        """Return a programme; raises NotYet while it is not known."""
        if programme_id not in self._known:
            found = await self.programmes.find([programme_id])
            if programme_id not in found:
                raise NotYet(f"Programme {programme_id} is not known yet.")
            self._known[programme_id] = found[programme_id]
        return self._known[programme_id]

    def renew(self, programme_id: str) -> None:
        """Read a programme anew the next time: it has been told again."""
        self._known.pop(programme_id, None)

    async def target(self, target_id: str) -> Target | None:
        """Return a visit, event, agreed day or call as it stands; None where it is not known."""
        return (await self._targets.find([target_id])).get(target_id)

    async def school_people(self, programme_id: str, school_ids: Iterable[str] | None) -> list[Concerned]:
        """Return the people of these schools in a programme, by role, or everybody; none of a school that has left."""
        schools = [one for one in await self.programmes.schools(programme_id, school_ids) if not one.withdrawn]
        if (await self.programme(programme_id)).whole is not None:
            needed = Needed(school_ids=frozenset(one.school_id for one in schools))
            members = await self._roster.members(programme_id, needed)
            everybody = school_ids is None
            standing = (one for one in members if (one.school_id or everybody) and one.until is None)
            return [Concerned(one.person_id, one.role, one.school_id) for one in standing]
        return [
            Concerned(member.person_id, member.role, school.school_id) for school in schools for member in school.people
        ]

    async def save(self, decision: Decision, work: UnitOfWork, *, restored: dt.datetime | None = None) -> None:
        """Keep what was decided and queue its mails. The same decision again queues nothing.

        Older invitations that still wait are held back in favour of the new ones. Mails whose cause was restored (up
        to ``restored``, or as the unit of work says) are held for a person.
        """
        for key, sequence in decision.completed.items():
            await self.completions.put(key, sequence)
        if decision.target is not None:
            await self._targets.put(decision.target)
        if decision.group is not None:
            await self.groups.put(decision.group)
        until = work.restored or restored
        mails = because(decision.mails, work.correlation_id)
        mails = [after_restore(mail, until) for mail in mails] if until else mails
        for gathered in decision.gathered:
            await self._gather(gathered, until, work)
        await self._intake.add(mails)
        calendar = [mail for mail in mails if mail.method is not None]
        if calendar:
            people, new = [mail.person_id for mail in calendar], [mail.mail_id for mail in calendar]
            await self._intake.supersede(calendar[0].target_id, people, new, work.now)

    async def _gather(self, gathered: Gathered, until: dt.datetime | None, work: UnitOfWork) -> None:
        """Put a passage into the first mail that has not gone out, unless one that has gone out holds it."""
        for mail in because(gathered.mails, work.correlation_id):
            if await self._intake.gather(after_restore(mail, until) if until else mail, work.now):
                if gathered.passage is not None:
                    await self._passages.add(mail.mail_id, gathered.passage)
                return
            if gathered.passage in (await self._passages.of([mail.mail_id])).get(mail.mail_id, ()):
                return
        raise NotYet("Every mail that could take this in has gone out.")
