"""Read model of programmes in the language of templates, and what their facts mean for days that people agree."""

from services.scheduling.domain.agreed import beginnings, changes
from services.scheduling.domain.agreed.records import Answers, Arrangement, EngineProgramme, HostSchool, Placement
from services.scheduling.handlers.agreed.loading import Arranging
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events import forms, placements
from shared.events import programme_states as states
from shared.events import programmes_parts as parts
from shared.events.agreed_visits import DaysCompleted
from shared.events.programmes import PersonErased
from shared.roster import RosterProjection
from shared.template.kinds import AGREED

__all__ = ["EngineProjection"]

_STATES: dict[type[forms.EntryFacts], str] = {
    forms.FormSubmitted: "submitted",
    forms.FormAgreed: "agreed",
    forms.FormReleased: "released",
}
FormEvent = forms.FormSubmitted | forms.FormAgreed | forms.FormReleased


class EngineProjection:
    """One method a kind of fact."""

    def __init__(self, stores: Stores, arranging: Arranging, roster: RosterProjection) -> None:
        self._stores, self._arranging, self._roster = stores, arranging, roster

    async def opened(self, event: parts.ProgrammeOpened, _: UnitOfWork) -> None:
        """A programme with its template."""
        known = await self._stores.engine.programme(event.programme_id)
        if known is None or known.version < event.version:
            await self._stores.engine.put_programme(EngineProgramme.model_validate(event.model_dump()))

    async def enrolled(self, event: parts.SchoolEnrolled | parts.EnrolmentAmended, _: UnitOfWork) -> None:
        """A school with the days on which it cannot."""
        school = event.school
        await self._stores.engine.put_school(
            HostSchool(
                enrolment_id=event.enrolment_id,
                programme_id=event.programme_id,
                school_id=school.school_id,
                name=school.name,
                authority_code=school.authority_code,
                dates_not_possible=event.dates_not_possible,
                needs={one.topic: one.weight for one in event.needs},
                version=event.version,
            )
        )

    async def withdrawn(self, event: parts.SchoolWithdrawn, _: UnitOfWork) -> None:
        """A school that takes part no longer."""
        known = await self._stores.engine.enrolment(event.enrolment_id)
        if known is None:
            raise NotYet(f"The enrolment {event.enrolment_id} is not known yet.")
        gone = known.model_copy(update={"withdrawn": True, "version": event.version})
        await self._stores.engine.put_school(gone)

    async def placed(self, event: placements.PersonPlaced, work: UnitOfWork) -> None:
        """Somebody is placed, or the placement goes on with somebody else."""
        before = await self._stores.engine.placement(event.match_id)
        if before is not None and before.version >= event.version:
            return
        programme = await self._arranging.programme(event.programme_id)
        came = before.came if before else ()
        placement = Placement.model_validate({**event.model_dump(), "came": came})
        placement = placement.with_came(event.round, "published", programme.today(work.now))
        await self._stores.engine.put_placement(placement)
        for activity in programme.template.activities:
            if activity.kind in AGREED:
                await self._arrange(beginnings.new(activity, placement), placement, programme, work)

    async def ended(self, event: placements.PlacementEnded, work: UnitOfWork) -> None:
        """The placement stands no longer: its days to come are cancelled."""
        before = await self._stores.engine.placement(event.match_id)
        if before is not None and before.version >= event.version:
            return
        came = before.came if before else ()
        ended = Placement.model_validate({**event.model_dump(), "came": came, "ended": True})
        await self._stores.engine.put_placement(ended)
        for record in await self._stores.arrangements.of_match(event.match_id):
            setting = await self._arranging.setting(record, work.now)
            await self._arranging.keep(beginnings.close(record, "placement-ended", setting), record, work)

    async def postponed(self, event: states.ProgrammePostponed, work: UnitOfWork) -> None:
        """The programme stands still: all that is to come in it is cancelled."""
        if await self._paused(event):
            for record in await self._stores.arrangements.of_programme(event.programme_id):
                setting = await self._arranging.setting(record, work.now)
                await self._arranging.keep(beginnings.close(record, "postponed", setting), record, work)

    async def resumed(self, event: states.ProgrammeResumed, work: UnitOfWork) -> None:
        """The programme goes on: what the pause has cancelled is agreed anew."""
        if await self._paused(event):
            for record in await self._stores.arrangements.of_programme(event.programme_id):
                placement = await self._arranging.placement(record.match_id)
                setting = await self._arranging.setting(record, work.now)
                decision = beginnings.resume(record, placement, setting)
                await self._arranging.keep(decision, record, work)
                await self._begin(decision.record, placement, work)

    async def _paused(self, event: states.ProgrammePostponed | states.ProgrammeResumed) -> bool:
        """Keep the pauses of a programme; False where it has no days that people agree, or newer ones are known."""
        programme = await self._stores.engine.programme(event.programme_id)
        if programme is None or programme.version >= event.version:
            return False
        changed = {"pauses": event.pauses, "version": event.version}
        await self._stores.engine.put_programme(programme.model_copy(update=changed))
        return True

    async def written(self, event: FormEvent, work: UnitOfWork) -> None:
        """An entry of a form: told answers say how many days there are, what becomes of it may open days."""
        programme = await self._stores.engine.programme(event.programme_id)
        if programme is None or not any(one.kind in AGREED for one in programme.template.activities):
            return
        if not isinstance(event, forms.FormReleased):
            await self._answered(event, programme, work)
        match_id = await self._match_of(event)
        if match_id:
            await self.came(match_id, event.form, _STATES[type(event)], work)

    async def completed(self, event: DaysCompleted, work: UnitOfWork) -> None:
        """All days of an activity were held, which may open those of another."""
        await self.came(event.match_id, event.activity, "held", work)

    async def role_taken(self, event: parts.RoleTaken, work: UnitOfWork) -> None:
        """Somebody has come to a school: they are invited to its days where the template names them."""
        await self._roster.taken(event, work)
        await self._people_changed(event, work)

    async def role_left(self, event: parts.RoleLeft, work: UnitOfWork) -> None:
        """Somebody has left a school: they are taken out of its days."""
        await self._roster.left(event, work)
        await self._people_changed(event, work)

    async def _people_changed(self, event: parts.RoleTaken | parts.RoleLeft, work: UnitOfWork) -> None:
        if event.school_id is None or await self._stores.engine.programme(event.programme_id) is None:
            return
        for record in await self._stores.arrangements.at_school(event.programme_id, event.school_id):
            if record.visits or record.suits:
                await self._refresh(record, work)

    async def erased(self, event: PersonErased, _: UnitOfWork) -> None:
        """Forget the person."""
        await self._stores.roster.forget(event.person_id)
        await self._stores.arrangements.forget(event.person_id)

    async def came(self, match_id: str, anchor: str, state: str, work: UnitOfWork) -> None:
        """Something has come about a placement: days that begin with it can be agreed from now on."""
        placement = await self._stores.engine.placement(match_id)
        if placement is None or placement.ended:
            return
        programme = await self._arranging.programme(placement.programme_id)
        after = placement.with_came(anchor, state, programme.today(work.now))
        if after == placement:
            return
        await self._stores.engine.put_placement(after)
        for record in await self._stores.arrangements.of_match(match_id):
            await self._begin(record, after, work)

    async def _arrange(
        self, fresh: Arrangement, placement: Placement, programme: EngineProgramme, work: UnitOfWork
    ) -> None:
        known = await self._stores.arrangements.get(fresh.arrangement_id)
        if known is not None:
            moved = beginnings.moved_to(known, placement)
            await self._stores.arrangements.put(moved, work.now)
            await self._refresh(moved, work)
            return
        setting = await self._arranging.people(programme, placement, fresh.activity, work.now)
        answers = await self._arranging.answers(placement)
        counted = fresh.model_copy(update={"needed": beginnings.needed(setting.activity, answers)})
        await self._stores.arrangements.put(counted, work.now)
        await self._begin(counted, placement, work)

    async def _begin(self, record: Arrangement, placement: Placement, work: UnitOfWork) -> None:
        setting = await self._arranging.setting(record, work.now)
        await self._arranging.keep(beginnings.begun(record, placement, setting), record, work)

    async def _refresh(self, record: Arrangement, work: UnitOfWork) -> None:
        setting = await self._arranging.setting(record, work.now)
        await self._arranging.keep(changes.refreshed(record, setting), record, work)

    async def _answered(
        self, event: forms.FormSubmitted | forms.FormAgreed, programme: EngineProgramme, work: UnitOfWork
    ) -> None:
        """Keep told answers; where they say how many days there are, have as many agreed."""
        if event.answers:
            fields = event.model_dump(include={"entry_id", "form", "about_id", "answers", "version"})
            await self._stores.engine.put_answers(Answers.model_validate(fields))
        counted = {one.key for one in programme.template.activities if one.as_many_as.startswith(f"{event.form}.")}
        if not counted:
            return
        for placement in await self._stores.engine.placed_by(event.entry_id):
            answers = await self._arranging.answers(placement)
            for record in await self._stores.arrangements.of_match(placement.match_id):
                if record.activity in counted and not record.closed:
                    setting = await self._arranging.setting(record, work.now)
                    number = beginnings.needed(setting.activity, answers)
                    if number != record.needed:
                        decision = beginnings.need(record, number, setting, fixed=False)
                        await self._arranging.keep(decision, record, work)

    async def _match_of(self, event: FormEvent) -> str:
        """The placement that an entry is about, by way of a day of it; nothing where it is about something else."""
        if event.about == "match":
            return event.about_id
        found = await self._stores.arrangements.with_visit(event.about_id)
        return found.match_id if found else ""
