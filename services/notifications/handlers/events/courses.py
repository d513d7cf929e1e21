"""Courses of sessions: who may come hears of it; dates go out as events do; whose place ends hears by which rule."""

from collections.abc import Awaitable, Callable, Mapping

from services.notifications.domain.decisions import courses as decisions
from services.notifications.domain.decisions import own_words
from services.notifications.domain.decisions.dated_words import among, means_invited
from services.notifications.domain.decisions.own_words import OwnMail
from services.notifications.domain.template_mails import situations
from services.notifications.domain.template_mails.records import Passage
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.base import Event
from shared.events.scheduling_parts import Attendee
from shared.events.sessions import CoursePlaceEnded, CoursePlaceOffered


class Courses:
    """Reactions to what happens to places in courses."""

    def __init__(self, records: Records, cases: Cases, own: OwnWords) -> None:
        self._records, self._cases, self._own = records, cases, own

    def handlers(self) -> Mapping[type[Event], Callable[..., Awaitable[None]]]:
        """Event -> handler, to be joined with the service's others."""
        return {CoursePlaceOffered: self.offered, CoursePlaceEnded: self.ended}

    async def offered(self, event: CoursePlaceOffered, work: UnitOfWork) -> None:
        """Somebody may come: the template's mails on that go to them, and to whom else they name once a course."""
        programme = await self._records.programme(event.programme_id)
        template, occasion = programme.whole, f"offered/{event.course_id}"
        if template is None:
            return
        (one,) = await self._cases.known(programme, (event.person_id,), event.school_id)
        place = Attendee(person_id=one.person_id, role=one.role, school_id=one.school_id, required=False)
        case = situations.run_by(situations.of_school(event.school_id), programme.coordinator_id)
        about = Passage(mail="", course=event.activity, first=str(event.first), school_id=event.school_id or "")
        for mail in await self._own.on(Happened(programme, template, event.activity, "offered", occasion)):
            references = situations.named(mail.to, mail.also, case)
            theirs = among(references, template, (place,))
            others = [each for each in references if not means_invited(each, template)]
            people = await self._cases.people(programme, template, others, case, work.now)
            told = OwnMail(
                programme, template, mail, about.model_copy(update={"mail": mail.key}), [*theirs, *people], occasion
            )
            await self._records.save(own_words.sent(told, work.now), work)

    async def ended(self, event: CoursePlaceEnded, work: UnitOfWork) -> None:
        """Somebody comes no more."""
        programme = await self._records.programme(event.programme_id)
        people = await self._cases.known(programme, (event.person_id,), event.school_id)
        await self._records.save(decisions.ended(event, people, work.now), work)
