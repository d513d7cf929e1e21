"""Cohorts and groups: schools learn which group they are in, or that they wait."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import Blocking, CohortDraft, GroupChange, WaitingRule
from services.notifications.domain.directory import Group, Programme
from services.notifications.domain.lists import LONGEST_TEXT, cut, first
from services.notifications.domain.mail import Mail
from services.notifications.domain.mailings import Occasion, mails_of, to_coordinator
from services.notifications.domain.routing import for_group, for_waiting
from services.notifications.domain.targets import Concerned
from shared.events.matching import CohortDrafted, CohortFormationFailed, CohortFormed, GroupChanged, GroupFormed


@dataclass(frozen=True)
class CohortRecords:
    """A programme, the people of the schools that the event names, and the group as it was."""

    programme: Programme
    people: Sequence[Concerned] = ()
    group: Group | None = None


def drafted(records: CohortRecords, event: CohortDrafted, now: dt.datetime) -> Decision:
    """Ask the coordinator for a review."""
    draft = CohortDraft(groups=event.groups, waiting=len(event.waiting), revision=event.revision)
    occasion = Occasion("CohortDrafted", event.cohort_id, event.version, {"cohort": event.cohort_id}, draft)
    return Decision(mails_of(occasion, records.programme, to_coordinator(records.programme), now))


def failed(records: CohortRecords, event: CohortFormationFailed, now: dt.datetime) -> Decision:
    """Tell the coordinator what keeps groups from forming."""
    reasons, more = first([cut(blocked.sentence or blocked.rule.replace("-", " ")) for blocked in event.blocking])
    blocking = Blocking(sentence=cut(event.sentence, LONGEST_TEXT), reasons=reasons, more=more)
    occasion = Occasion("CohortFormationFailed", event.programme_id, event.version, {}, blocking)
    return Decision(mails_of(occasion, records.programme, to_coordinator(records.programme), now))


def formed(records: CohortRecords, event: CohortFormed, now: dt.datetime) -> Decision:
    """Tell the schools that wait. Those in a group are told when the group is formed."""
    specs = for_waiting(records.programme.mails)
    mails: list[Mail] = []
    for waiting in event.waiting:
        people = [person for person in records.people if person.school_id == waiting.school_id]
        refs = {"cohort": event.cohort_id, "school": waiting.school_id}
        target = f"{event.cohort_id}/{waiting.school_id}"
        occasion = Occasion("CohortFormed", target, event.revision, refs, WaitingRule(rule=waiting.rule))
        mails += mails_of(occasion, records.programme, {"school": people}, now, specs)
    return Decision(tuple(mails))


def group_formed(records: CohortRecords, event: GroupFormed, now: dt.datetime) -> Decision:
    """Tell everybody in a group who is in it."""
    occasion = Occasion("GroupFormed", event.group_id, event.version, _refs(event))
    specs = for_group(records.programme.mails)
    mails = mails_of(occasion, records.programme, {"school": records.people}, now, specs)
    return Decision(mails, group=_group(event, event.number))


def group_changed(records: CohortRecords, event: GroupChanged, now: dt.datetime) -> Decision:
    """Tell those who remain and those who joined. Those who left know it already."""
    change = GroupChange(joined=event.joined, left=event.left)
    occasion = Occasion("GroupChanged", event.group_id, event.version, _refs(event), change)
    mails = mails_of(occasion, records.programme, {"school": records.people}, now)
    return Decision(mails, group=_group(event, records.group.number if records.group else 0))


def _refs(event: GroupFormed | GroupChanged) -> dict[str, str]:
    return {"cohort": event.cohort_id, "group": event.group_id}


def _group(event: GroupFormed | GroupChanged, number: int) -> Group:
    return Group(
        group_id=event.group_id, cohort_id=event.cohort_id, programme_id=event.programme_id, number=number,
        school_ids=event.school_ids, version=event.version,
    )  # fmt: skip
