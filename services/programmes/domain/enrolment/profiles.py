"""A school's profile in the hands of its own people: who may, what they begin with, and what a change asks for."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.programmes.domain.enrolment.partial import as_before
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.participation.decide import may_answer
from services.programmes.domain.participation.records import Participation
from services.programmes.domain.records import EnrolmentRecord, Programme
from shared.commands.profiles import ChangeProfile
from shared.commands.programmes import EnrolSchool, TopicClaim
from shared.errors import Rejected
from shared.template import Template
from shared.template.days import day_of

__all__ = ["Profile", "can_change", "changed", "kept", "last_day", "profile_of"]

STALE = "Somebody of your school has changed this meanwhile. Compare with what stands now, and send yours again."
CLOSED = "Strengths, needs and travel can be changed no more; days can. Tell your coordinator what else is wrong."


@dataclass(frozen=True, slots=True)
class Profile:
    """A school's own enrolment, or that of an earlier programme from which it is taken over (`kept_from`: its name)."""

    record: EnrolmentRecord
    kept_from: str = ""

    @property
    def version(self) -> int:
        """Of what stands in this programme; 0 before the school is enrolled."""
        return 0 if self.kept_from else self.record.version


def profile_of(
    person_id: str, programme: Programme, enrolled: Sequence[EnrolmentRecord], asked: Participation | None,
    earlier: Sequence[Programme],
) -> Profile:  # fmt: skip
    """What somebody may see and change. `enrolled`: of the school, in any programme; `earlier`: programmes of those.

    Raises Rejected("unknown-school") for everybody else.
    """
    own = next((one for one in enrolled if one.programme_id == programme.programme_id), None)
    inside = own.inside if own else frozenset[str]()
    if asked is not None and not may_answer(person_id, asked, inside):
        raise _unknown()
    if asked is None and person_id not in inside:
        raise _unknown()
    if own is not None:
        return Profile(own)
    same = [one for one in earlier if one.template.key == programme.template.key and one.year < programme.year]
    newest = {one.programme_id: one for one in sorted(same, key=lambda one: one.year, reverse=True)}
    of_programme = {one.programme_id: one for one in enrolled}
    last = next((of_programme[key] for key in newest if key in of_programme), None)
    if last is None:
        raise _unknown()
    return Profile(last, newest[last.programme_id].name)


def can_change(programme: Programme, today: dt.date) -> bool:
    """Whether strengths and needs can be changed: while schools join."""
    until = programme.open_until
    return programme.state == "enrolling" and programme.stage is None and (until is None or today <= until)


def last_day(programme: Programme) -> dt.date | None:
    """The last day on which schools join: as it was opened again, or the end of the clock's first window."""
    if programme.open_until is not None:
        return programme.open_until
    template = programme.template
    if not isinstance(template, Template):
        return dt.date(programme.year, template.enrolment.closes.month, template.enrolment.closes.day)
    window = next((one for one in template.clock.moments if "closes" in one.states()), None)
    return day_of(window.text("closes"), template, programme.year, programme.pauses) if window else None


def kept(claims: Collection[TopicClaim], topics: Collection[str], most: int) -> tuple[TopicClaim, ...]:
    """Claims of an earlier year, as far as this year's list still has their topics."""
    return tuple(one for one in claims if one.topic in topics)[:most]


def changed(command: ChangeProfile, profile: Profile, programme: Programme, known: Known) -> EnrolSchool:
    """The enrolment as it shall stand, for the rules to judge; `known` holds its people.

    Raises Rejected("changed-meanwhile").
    """
    if command.version != profile.version:
        raise Rejected("changed-meanwhile", STALE)
    before, terms = profile.record, programme.terms
    topics = {topic.key for topic in terms.topics}
    people = (as_before(held, known) for held in before.people if held.person_id in known.by_id)
    told_strengths, told_needs = command.strengths, command.needs
    here = not profile.kept_from
    days = command.dates_not_possible
    return EnrolSchool(
        programme_id=programme.programme_id,
        urn=command.urn,
        people=tuple(one if here else one.model_copy(update={"dates_not_possible": ()}) for one in people),
        strengths=kept(before.strengths, topics, terms.strengths[1]) if told_strengths is None else told_strengths,
        needs=kept(before.needs, topics, terms.needs[1]) if told_needs is None else told_needs,
        dates_not_possible=days if days is not None else before.dates_not_possible if here else (),
        farthest_travel_km=command.farthest_travel_km or before.farthest_travel_km,
        not_with=tuple(other.urn for other in before.not_with),
    )


def only_days(command: ChangeProfile, before: EnrolmentRecord) -> bool:
    """Whether a change touches nothing but days."""
    same_travel = command.farthest_travel_km in {None, before.farthest_travel_km}
    return command.strengths in {None, before.strengths} and command.needs in {None, before.needs} and same_travel


def _unknown() -> Rejected:
    return Rejected("unknown-school", "There is no such school in this programme.")
