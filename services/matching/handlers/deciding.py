"""What a coordinator decides: publish the draft, keep schools together or apart."""

from dataclasses import replace

from services.matching.domain.changing import GoneOn, gone_on, overtaken
from services.matching.domain.ids import cohort_id
from services.matching.domain.pins import pinned, refusal
from services.matching.domain.records import CohortRecord, GroupRecord
from services.matching.handlers.freezing import bonds, groups_of
from services.matching.handlers.rounds import gather
from services.matching.ports import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PinSchools, PublishCohort
from shared.errors import Rejected
from shared.events.matching import CohortFormed, CohortRematched, GroupChanged, GroupFormed, Waiting

__all__ = ["Deciding", "group_changed"]

AT_ONCE = 200
"""Groups told in one transaction; the rest of a large cohort follows in batches of as many."""


class Deciding:
    """Answers the coordinator's commands."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def publish(self, command: PublishCohort, work: UnitOfWork) -> Done:
        """Make the draft the cohort and tell it: `CohortFormed`, then `GroupFormed` a group."""
        cohort = await self._stores.cohorts.cohort(command.cohort_id)
        if cohort is None:
            raise Rejected("unknown-cohort", f"There is no cohort '{command.cohort_id[:60]}'.")
        _publishable(cohort, command.revision)
        update = {"state": "published", "published": cohort.revision, "before": None, "curve": ()}
        formed = cohort.model_copy(update={**update, "version": cohort.version + 1})
        if cohort.published:
            work.publish(await self._rematched(formed))
        else:
            work.publish(_formed(formed))
        await self._stores.cohorts.put_cohort(formed)
        await self._stores.drafts.put_options(cohort.cohort_id, [])
        await self._stores.cohorts.publish_groups(cohort.cohort_id)
        await self.tell(work)
        sentence = f"{formed.groups} groups with {formed.schools} schools are published; {len(formed.waiting)} wait."
        return Done(id=formed.cohort_id, version=formed.version, sentence=sentence)

    async def tell(self, work: UnitOfWork) -> int:
        """Tell the next published groups that nobody has been told of, new or changed; how many."""
        groups = await self._stores.cohorts.untold(AT_ONCE)
        for group in groups:
            if group.proposed is None:
                work.publish(_group_formed(group))
                continue
            after = gone_on(group)
            await self._stores.cohorts.put_group(after.group)
            work.publish(group_changed(group, after))
        return len(groups)

    async def _rematched(self, cohort: CohortRecord) -> CohortRematched:
        """What a re-match comes to. Raises Rejected when a group that is to change has met meanwhile."""
        groups = await self._stores.cohorts.changing(cohort.cohort_id)
        met = [group.number for group in groups if overtaken(group)]
        if met:
            numbers = ", ".join(str(number) for number in met)
            raise Rejected("stale-draft", f"Groups that would change have met meanwhile ({numbers}); match again.")
        changed = sum(group.state == "published" for group in groups)
        return CohortRematched(
            cohort_id=cohort.cohort_id,
            programme_id=cohort.programme_id,
            revision=cohort.revision,
            groups=cohort.groups,
            schools=cohort.schools,
            changed=changed,
            formed=len(groups) - changed,
            waiting=tuple(Waiting(school_id=one.school_id, rule=one.rule) for one in cohort.waiting),
            score=cohort.score,
            version=cohort.version,
        )

    async def pin(self, command: PinSchools, work: UnitOfWork) -> Done:
        """Keep schools together or apart from the next draft on, as far as the hard rules let them."""
        programme = await self._stores.enrolments.programme(command.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", f"There is no programme '{command.programme_id[:60]}'.")
        enrolled = {
            one.school.urn: one for one in await self._stores.enrolments.by_urn(command.programme_id, command.urns)
        }
        for urn in command.urns:
            if urn not in enrolled:
                raise Rejected("unknown-school", f"No school with URN {urn} takes part in this programme.")
        before = await self._stores.enrolments.pins(command.programme_id)
        ids = tuple(sorted({one.school.school_id for one in enrolled.values()}))
        if len(ids) < 2:
            raise Rejected("one-school", "Name at least two different schools.")
        here: list[GroupRecord] = []
        if command.how != "free":
            here = await groups_of(self._stores, cohort_id(command.programme_id), ids, command.how)
        pins = pinned(before.as_pins(), ids, command.how)
        together = pins.together | bonds(here)
        concerned = {school for pair in together for school in pair} | set(ids)
        matching = await gather(self._stores, programme, concerned)
        by_id = {school.id: school for school in matching.schools}
        refused = refusal(matching.rules, replace(pins, together=together), by_id)
        if refused and command.how != "free":
            raise Rejected(*refused)
        after = before.changed(pins)
        await self._stores.enrolments.put_pins(after)
        sentence = "Counts from the next draft; ask for it with a re-match."
        return Done(id=command.programme_id, version=after.version, sentence=sentence)


def _publishable(cohort: CohortRecord, revision: int) -> None:
    """Raises Rejected when this draft cannot be published."""
    if cohort.state == "published":
        raise Rejected("already-published", "The cohort is published already.")
    if cohort.state == "matching":
        raise Rejected("not-ready", "A new draft is being worked out; look at it before you publish.")
    if cohort.state == "failed":
        raise Rejected("no-draft", f"There is no draft to publish: {cohort.sentence}")
    if cohort.revision != revision:
        raise Rejected("stale-draft", f"The latest draft is number {cohort.revision}, not {revision}.")


def _group_formed(group: GroupRecord) -> GroupFormed:
    return GroupFormed(
        group_id=group.group_id,
        cohort_id=group.cohort_id,
        programme_id=group.programme_id,
        revision=group.revision,
        number=group.number,
        school_ids=group.school_ids,
        version=group.version,
    )


def group_changed(before: GroupRecord, after: GoneOn) -> GroupChanged:
    """The fact that a published group goes on with other schools."""
    now, was = after.group.school_ids, before.school_ids
    return GroupChanged(
        group_id=before.group_id,
        cohort_id=before.cohort_id,
        programme_id=before.programme_id,
        school_ids=now,
        joined=tuple(school for school in now if school not in was),
        left=tuple(school for school in was if school not in now),
        needs_coordinator=after.needs_coordinator,
        version=after.group.version,
    )


def _formed(cohort: CohortRecord) -> CohortFormed:
    return CohortFormed(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        groups=cohort.groups,
        schools=cohort.schools,
        waiting=tuple(Waiting(school_id=one.school_id, rule=one.rule) for one in cohort.waiting),
        score=cohort.score,
        version=cohort.version,
    )
