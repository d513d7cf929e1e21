"""Commands about the categories of schools."""

from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.memberships import whom
from services.programmes.domain.parties.categories import category_title, decide
from services.programmes.domain.parties.records import CategoryDecision, StandingRecord, standing_id
from services.programmes.domain.records import EnrolmentRecord, Person
from services.programmes.handlers.together import Together
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.parties import DecideCategory
from shared.errors import Rejected
from shared.events.forms import FormSubmitted
from shared.template import Template

__all__ = ["CategoryCommands"]


class CategoryCommands:
    """One method a command."""

    def __init__(self, together: Together) -> None:
        self._together = together

    async def decide(self, command: DecideCategory, work: UnitOfWork) -> Done:
        """A school stands in a category from a day on; who decided and why is kept."""
        together = self._together
        programme = await together.situations.programmes.get(command.programme_id)
        template = programme.template
        if not isinstance(template, Template):
            raise Rejected("no-categories", "This programme has no categories of schools.")
        enrolment = await together.situations.before(command.programme_id, command.urn)
        if enrolment is None or enrolment.state == "withdrawn":
            raise Rejected("not-enrolled", f"The school with URN {command.urn} is not enrolled in this programme.")
        by = await self._who(command.decided_by)
        before = await self._before(enrolment)
        since = command.since or programme.today(work.now)
        decision = CategoryDecision(
            category=command.category, since=since, decided_by=by.person_id if by else None, reason=command.reason
        )
        roles = await self._roles(by, enrolment) if by else frozenset[str]()
        after, event = decide(before, decision, template, roles=roles, who=by.name if by else "")
        if event is not None:
            await together.parties.put_standing(after)
            work.publish(event)
        title = category_title(template, command.category)
        said = f"The school with URN {enrolment.urn} is '{title}' from {since:%d/%m/%Y} on."
        return Done(id=after.standing_id, version=after.version, sentence=said)

    async def told(self, event: FormSubmitted, work: UnitOfWork) -> None:
        """Whoever fills in the form that the template names decides by it, from the day on which it is sent."""
        together = self._together
        programme = await together.situations.programmes.get(event.programme_id)
        template = programme.template
        if not isinstance(template, Template) or template.categories is None or event.school_id is None:
            return
        key, _, field = template.categories.told_by.partition(".")
        form = template.form(key) if event.form == key else None
        enrolment = await together.situations.enrolment(event.programme_id, event.school_id)
        if form is None or enrolment is None:
            return
        before = await self._before(enrolment)
        decision = CategoryDecision(
            category=str(event.answers.get(field, "")),
            since=programme.today(work.now),
            decided_by=event.person_id,
            reason=f"“{form.title}” says why.",
        )
        roles = frozenset({template.categories.decided_by})
        after, decided = decide(before, decision, template, roles=roles, who="")
        if decided is not None:
            await together.parties.put_standing(after)
            work.publish(decided)

    async def _before(self, enrolment: EnrolmentRecord) -> StandingRecord:
        """What has been decided of a school so far."""
        key = standing_id(enrolment.programme_id, enrolment.school_id)
        place = enrolment.model_dump(include={"programme_id", "school_id", "urn"})
        return await self._together.parties.standing(key) or StandingRecord(standing_id=key, **place)

    async def _who(self, named: str) -> Person | None:
        if not named.strip():
            return None
        text = named.strip()
        found = await self._together.people.concerned([text] if "@" in text else [], [] if "@" in text else [text])
        known = Known.of(found)
        person = whom(text, known)
        return known.by_id[person] if person else None

    async def _roles(self, person: Person, enrolment: EnrolmentRecord) -> frozenset[str]:
        """The roles that somebody holds at the school, at its party, or for the programme."""
        of_school = await self._together.parties.with_schools([enrolment.school_id])
        parties = {one.party_id for one in of_school if enrolment.school_id in one.school_ids}
        return frozenset(
            one.role
            for one in person.roles
            if one.programme_id == enrolment.programme_id
            and (one.school_id in {None, enrolment.school_id} and (one.party_id is None or one.party_id in parties))
        )
