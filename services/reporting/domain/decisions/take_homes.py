"""A visitor's take-home note comes in."""

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entitlement import may_take_home
from services.reporting.domain.facts import Meeting, Programme
from services.reporting.domain.forms import TakeHome, take_home_problems
from services.reporting.domain.ids import derived
from services.reporting.domain.problems import refuse
from shared.commands.base import Done
from shared.commands.reporting import RecordTakeHome
from shared.events.reporting import TakeHomeRecorded

SAVED = "Your note is saved."


def take_home_id(visit_id: str, person_id: str) -> str:
    """Id of a person's note about a visit."""
    return derived("tkh", visit_id, person_id)


def take_home(
    form: RecordTakeHome, meeting: Meeting, programme: Programme, *, before: TakeHome | None
) -> Answered[TakeHome]:
    """Take a note. The same again changes nothing; another text replaces it.

    Raises Rejected: not-entitled, missing, too-long.
    """
    may_take_home(meeting, form.person_id, programme.filled_by("take-home"))
    refuse(take_home_problems(form.learnt, form.will_use, programme.longest("take-home")))
    note_id = take_home_id(form.visit_id, form.person_id)
    note = TakeHome(take_home_id=note_id, version=before.version + 1 if before else 1, **form.model_dump())
    if before is not None and before.model_copy(update={"version": note.version}) == note:
        return Answered(done=Done(id=note_id, version=before.version, sentence=SAVED))
    recorded = TakeHomeRecorded(
        version=note.version,
        take_home_id=note_id,
        visit_id=meeting.target_id,
        programme_id=meeting.programme_id,
        person_id=form.person_id,
    )
    return Answered(done=Done(id=note_id, version=note.version, sentence=SAVED), record=note, events=(recorded,))
