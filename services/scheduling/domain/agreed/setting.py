"""What decisions about agreed days are made from: the activity, its people, and the days on which they can."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from services.scheduling.domain.agreed.records import Arrangement, EngineProgramme, Placement, VisitDay
from services.scheduling.domain.stand_ins import stand_ins_of, stood_in
from shared.errors import Rejected
from shared.events.agreed_visits import Invited
from shared.events.forms import Told
from shared.template import Activity
from shared.template.resolving import Directory, Situation, people_for
from shared.template.words import Condition

ELSEWHERE = ""
"""The place of somebody who is taken for a whole day by something else."""


@dataclass(frozen=True, slots=True)
class Party:
    """People whom one reference of the template names. Any of them speaks for all of them."""

    who: str
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The activity with its people, and what is known of days.

    `invited`: everybody who comes if they can, by role; `writers`: who keeps the minutes, and may set the day;
    `school_days`: days of the window that are still to come and on which the host is open; `taken`: person -> day ->
    the school at which they are that day, or `ELSEWHERE`.
    """

    programme: EngineProgramme
    activity: Activity
    parties: tuple[Party, ...]
    invited: tuple[Invited, ...]
    writers: tuple[str, ...] = ()
    school_days: tuple[dt.date, ...] = ()
    bank_holidays: frozenset[dt.date] = frozenset()
    taken: Mapping[str, Mapping[dt.date, str]] = field(default_factory=dict)
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day that it is for its people."""
        return self.programme.today(self.now)

    def can(self, person: str, day: dt.date, host: str) -> bool:
        """Whether somebody can be at the host's that day: they are nowhere, or there."""
        return self.taken.get(person, {}).get(day, host) == host

    def free(self, day: dt.date, host: str) -> bool:
        """Whether the host is open that day and somebody of each party can be there."""
        return day in self.school_days and all(any(self.can(one, day, host) for one in p.people) for p in self.parties)

    def free_days(self, host: str) -> tuple[dt.date, ...]:
        """All such days, in order."""
        return tuple(day for day in self.school_days if self.free(day, host))

    def party_of(self, person: str) -> Party | None:
        """The first party that the person speaks for."""
        return next((party for party in self.parties if person in party.people), None)

    def takes_part(self, person: str, day: VisitDay | None = None) -> bool:
        """Whether the person has a say in the days; who stands in for somebody has theirs in that day."""
        meant = next((one for one, other in stand_ins_of(day.attendees).items() if other == person), "") if day else ""
        return any(self.party_of(one) is not None or one in self.writers for one in (person, meant) if one)

    def with_stand_ins(self, known: VisitDay, day: dt.date, host: str) -> "Setting":
        """The same for another day of a known one: who stands in comes there, too, unless they are elsewhere."""
        instead = {
            whose: person for whose, person in stand_ins_of(known.attendees).items() if self.can(person, day, host)
        }
        parties = tuple(
            replace(party, people=tuple(instead.get(one, one) for one in party.people)) for party in self.parties
        )
        invited = tuple(
            stood_in((one,), one.person_id, instead[one.person_id])[0] if one.person_id in instead else one
            for one in self.invited
        )
        return replace(self, parties=parties, invited=invited)

    def at(self, day: dt.date, host: str) -> tuple[Invited, ...]:
        """Who is invited for that day: all but those who are elsewhere."""
        return tuple(one for one in self.invited if self.can(one.person_id, day, host))


def admit(setting: Setting, person: str, day: VisitDay | None = None) -> None:
    """Raise Rejected("not-invited") for somebody who has no say; the coordinator, who is nobody here, always has."""
    if person and not setting.takes_part(person, day):
        raise Rejected("not-invited", "Only the people concerned can do this.")


def common(arrangement: Arrangement, setting: Setting, person: str = "") -> tuple[dt.date, ...]:
    """The free days that suit every party, but for the person's own, who is asking."""
    own = setting.party_of(person)
    others = [party for party in setting.parties if party != own]
    suiting = [{one.on for one in arrangement.suits if one.person_id in party.people} for party in others]
    agreed = {one.on for one in arrangement.standing}
    return tuple(
        day
        for day in setting.free_days(arrangement.host_school_id)
        if day not in agreed and suiting and all(day in days for days in suiting)
    )


def turn(arrangement: Arrangement, setting: Setting, spoke: str = "") -> tuple[str, ...]:
    """Whose turn it is: of the parties that have said nothing; where all have, all but who spoke last."""
    if arrangement.closed or arrangement.settled:
        return ()
    said = {one.person_id for one in arrangement.suits if one.on > setting.today}
    silent = [party for party in setting.parties if not said.intersection(party.people)]
    own = setting.party_of(spoke)
    waiting = [party for party in (silent or setting.parties) if party != own]
    return tuple(dict.fromkeys(one for party in waiting for one in party.people))


def people_of(
    programme: EngineProgramme,
    activity: Activity,
    placement: Placement,
    known: Directory,
    answers: Mapping[str, Mapping[str, Told]],
) -> tuple[tuple[Party, ...], tuple[Invited, ...], tuple[str, ...]]:
    """The parties, everybody invited, and who keeps the minutes. `answers`: form -> what was told of the placement."""
    about = situation(programme, placement)

    def named(reference: str) -> tuple[str, ...]:
        return people_for([reference], programme.template, about, known)

    parties = tuple(Party(who, people) for who in activity.who if (people := named(who)))
    besides = [(who, not one.optional) for one in activity.optional if holds(one.when, answers) for who in one.people]
    writers = named(activity.minutes) if activity.minutes else ()
    rows = [(who, True) for who in activity.who]
    rows += [(activity.minutes, True)] if activity.minutes else []
    rows += besides
    invited: dict[str, Invited] = {}
    for who, required in rows:
        role, school = who.rpartition(".")[2], _school(who, placement)
        for person in named(who):
            row = Invited(person_id=person, role=role, school_id=school, required=required)
            invited.setdefault(person, row)
    return parties, tuple(invited.values()), writers


def references(activity: Activity) -> tuple[str, ...]:
    """Everybody whom the activity may name."""
    optional = (who for one in activity.optional for who in one.people)
    return (*activity.who, *((activity.minutes,) if activity.minutes else ()), *optional)


def situation(programme: EngineProgramme, placement: Placement) -> Situation:
    """A placement, in the words by which a template names people."""
    return Situation(
        school_id=placement.school_id,
        host_school_id=placement.host_school_id,
        person_id=placement.person_id,
        person_role=placement.role,
        coordinator_id=programme.coordinator_id,
    )


def holds(condition: Condition, answers: Mapping[str, Mapping[str, Told]]) -> bool:
    """Whether a condition holds by the told answers; not where nothing was told."""
    form, _, key = condition.field.rpartition(".")
    answer = answers.get(form, {}).get(key)
    if answer is None:
        return False
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    given: Iterable[str] = answer if isinstance(answer, tuple) else (str(answer),)
    return bool({*given}.intersection(condition.equals))


def _school(reference: str, placement: Placement) -> str:
    return placement.host_school_id if reference.startswith("host.") else placement.school_id
