"""Cohorts and groups: who hears which group they are in, and who waits."""

from services.notifications.domain.details import Blocking, CohortDraft, GroupChange, WaitingRule
from services.notifications.domain.directory import Group
from services.notifications.domain.recipients import Cast
from services.notifications.domain.routing import for_group, for_waiting
from services.notifications.handlers.mailings import Mailings, Occasion
from shared.bus.unit_of_work import UnitOfWork
from shared.events.matching import CohortDrafted, CohortFormationFailed, CohortFormed, GroupChanged, GroupFormed

_MOST_REASONS = 8


class Cohorts:
    """Mails about cohorts and groups."""

    def __init__(self, mailings: Mailings) -> None:
        self._mailings = mailings

    async def drafted(self, event: CohortDrafted, work: UnitOfWork) -> None:
        """Ask the coordinator for a review."""
        programme = await self._mailings.programme(event.programme_id)
        draft = CohortDraft(groups=event.groups, waiting=len(event.waiting), revision=event.revision)
        occasion = Occasion("CohortDrafted", event.cohort_id, event.version, {"cohort": event.cohort_id}, draft)
        await self._mailings.queue(work, programme, occasion, {"coordinator": self._mailings.coordinator(programme)})

    async def failed(self, event: CohortFormationFailed, work: UnitOfWork) -> None:
        """Tell the coordinator what keeps groups from forming."""
        programme = await self._mailings.programme(event.programme_id)
        reasons = [blocked.sentence or blocked.rule.replace("-", " ") for blocked in event.blocking]
        blocking = Blocking(sentence=event.sentence, reasons=tuple(reasons[:_MOST_REASONS]))
        occasion = Occasion("CohortFormationFailed", event.programme_id, event.version, {}, blocking)
        await self._mailings.queue(work, programme, occasion, {"coordinator": self._mailings.coordinator(programme)})

    async def formed(self, event: CohortFormed, work: UnitOfWork) -> None:
        """Tell the schools that wait; those in a group hear of it with their group."""
        programme = await self._mailings.programme(event.programme_id)
        specs = for_waiting(programme.template.mails)
        for waiting in event.waiting:
            cast: Cast = {"school": await self._mailings.school_people(event.programme_id, [waiting.school_id])}
            target = f"{event.cohort_id}/{waiting.school_id}"
            refs = {"cohort": event.cohort_id, "school": waiting.school_id}
            occasion = Occasion("CohortFormed", target, event.revision, refs, WaitingRule(rule=waiting.rule))
            await self._mailings.queue(work, programme, occasion, cast, specs)

    async def group_formed(self, event: GroupFormed, work: UnitOfWork) -> None:
        """Tell everybody in a group who is in it."""
        programme = await self._mailings.programme(event.programme_id)
        await self._mailings.groups.put(
            Group(
                group_id=event.group_id, cohort_id=event.cohort_id, programme_id=event.programme_id,
                number=event.number, school_ids=event.school_ids, version=event.version,
            )
        )  # fmt: skip
        cast: Cast = {"school": await self._mailings.school_people(event.programme_id, event.school_ids)}
        refs = {"cohort": event.cohort_id, "group": event.group_id}
        occasion = Occasion("GroupFormed", event.group_id, event.version, refs)
        await self._mailings.queue(work, programme, occasion, cast, for_group(programme.template.mails))

    async def group_changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """Tell those who remain and those who joined; who left knows it."""
        programme = await self._mailings.programme(event.programme_id)
        known = (await self._mailings.groups.find([event.group_id])).get(event.group_id)
        await self._mailings.groups.put(
            Group(
                group_id=event.group_id, cohort_id=event.cohort_id, programme_id=event.programme_id,
                number=known.number if known else 0, school_ids=event.school_ids, version=event.version,
            )
        )  # fmt: skip
        cast: Cast = {"school": await self._mailings.school_people(event.programme_id, event.school_ids)}
        refs = {"cohort": event.cohort_id, "group": event.group_id}
        change = GroupChange(joined=event.joined, left=event.left)
        occasion = Occasion("GroupChanged", event.group_id, event.version, refs, change)
        await self._mailings.queue(work, programme, occasion, cast)
