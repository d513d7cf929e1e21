"""The query by which people see their own school's profile."""

import datetime as dt
from collections.abc import Callable

from services.programmes.domain.enrolment.profiles import can_change, kept, last_day
from services.programmes.domain.records import local_day
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.profiles import Profiles
from shared.commands.profiles import ProfileShown, ShowProfile, TopicOffered

__all__ = ["ProfileQueries"]


class ProfileQueries:
    """One method a query."""

    def __init__(self, profiles: Profiles, contacts: Contacts, now: Callable[[], dt.datetime]) -> None:
        self._profiles = profiles
        self._contacts = contacts
        self._now = now

    async def show(self, query: ShowProfile) -> ProfileShown:
        """A school's profile, for somebody at the school. Raises Rejected: unknown-school."""
        programme = await self._profiles.programmes.get(query.programme_id)
        profile = await self._profiles.of_school(programme, query.school_id, query.person_id)
        record, terms = profile.record, programme.terms
        topics = {topic.key for topic in terms.topics}
        entry = (await self._profiles.schools.entries([record.urn])).get(record.urn)
        known = await self._contacts.known((), record.people)
        people = ((known.by_id.get(held.person_id), held.role) for held in record.people)
        return ProfileShown(
            programme=programme.name,
            urn=record.urn,
            school=entry.school.name if entry else "",
            version=profile.version,
            open=can_change(programme, local_day(self._now(), programme.template.timezone)),
            until=last_day(programme),
            kept_from=profile.kept_from,
            topics=tuple(TopicOffered(key=one.key, title=one.title) for one in terms.topics),
            strengths=kept(record.strengths, topics, terms.strengths[1]),
            needs=kept(record.needs, topics, terms.needs[1]),
            least_strengths=terms.strengths[0],
            most_strengths=terms.strengths[1],
            least_needs=terms.needs[0],
            most_needs=terms.needs[1],
            dates_not_possible=() if profile.kept_from else record.dates_not_possible,
            farthest_travel_km=record.farthest_travel_km,
            asks_travel=terms.travel_km is not None,
            people=tuple(f"{one.name}, {terms.title_of(role)}" for one, role in people if one),
        )
