"""Answers to invitations, reminders to those who have not answered, and questions to the coordinator."""

import datetime as dt

from services.notifications.domain import completions, targets
from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Blocking, CalendarDraft, Question
from services.notifications.domain.directory import Programme
from services.notifications.domain.lists import LONGEST_TEXT, cut, first
from services.notifications.domain.mailings import Occasion, mails_of, to_coordinator
from services.notifications.domain.targets import Target, refs_of
from shared.events.scheduling import (
    CalendarDrafted,
    CoordinatorAsked,
    InvitationAnswered,
    InvitationReminderDue,
    SchedulingFailed,
)


def answered(event: InvitationAnswered) -> Decision:
    """End the reminders for this invitation."""
    return Decision(completed={completions.answered(event.target_id, event.person_id): event.sequence})


def reminder_due(
    programme: Programme | None, target: Target | None, event: InvitationReminderDue, now: dt.datetime
) -> Decision:
    """Remind the people named of what they are invited to, if that is known."""
    if target is None:
        return Decision()
    asked = [person for person in targets.invited(target) if person.person_id in event.person_ids]
    turn = f"{target.sequence}.{event.round}"
    occasion = Occasion("InvitationReminderDue", event.target_id, turn, refs_of(target), sequence=target.sequence)
    return Decision(mails_of(occasion, programme, {"asked": asked}, now))


def coordinator_asked(programme: Programme, event: CoordinatorAsked, now: dt.datetime) -> Decision:
    """Put the question to the coordinator."""
    about = "group" if event.target_kind == "group" else "target"
    refs = {"cohort": event.cohort_id, about: event.target_id}
    if event.target_kind != "group":
        refs["target_kind"] = event.target_kind
    if event.person_id:
        refs["person"] = event.person_id
    question = Question(question=event.question, sentence=cut(event.sentence, LONGEST_TEXT))
    key = f"{event.target_id}/{event.question}/{event.person_id or ''}"
    occasion = Occasion("CoordinatorAsked", key, event.version, refs, question)
    return Decision(mails_of(occasion, programme, to_coordinator(programme), now))


def calendar_drafted(programme: Programme, event: CalendarDrafted, now: dt.datetime) -> Decision:
    """Ask the coordinator for a review."""
    draft = CalendarDraft(
        visits=event.visits, events=event.events, unplaced=event.unplaced_groups, revision=event.revision
    )
    occasion = Occasion("CalendarDrafted", event.cohort_id, event.version, {"cohort": event.cohort_id}, draft)
    return Decision(mails_of(occasion, programme, to_coordinator(programme), now))


def scheduling_failed(programme: Programme, event: SchedulingFailed, now: dt.datetime) -> Decision:
    """Tell the coordinator what blocks the dates."""
    reasons, more = first([cut(f"{one.sentence or one.rule} {one.relaxing_gives}".strip()) for one in event.blocking])
    blocking = Blocking(reasons=reasons, more=more)
    occasion = Occasion("SchedulingFailed", event.cohort_id, event.version, {"cohort": event.cohort_id}, blocking)
    return Decision(mails_of(occasion, programme, to_coordinator(programme), now))
