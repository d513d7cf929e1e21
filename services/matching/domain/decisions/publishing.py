"""A draft becomes the cohort, and its groups are published batch by batch."""

from __future__ import annotations

from collections.abc import Sequence

from services.matching.domain.decisions.decision import Decision
from services.matching.domain.events import cohort_formed, cohort_rematched, group_changed, group_formed
from services.matching.domain.group_changes import gone_on, overtaken
from services.matching.domain.records import CohortRecord, GroupRecord
from services.matching.domain.revisions import must_be_latest
from shared.errors import Rejected
from shared.events.base import Event

__all__ = ["STALE", "publish", "publish_groups"]

STALE = "Enrolment is open again; when it closes, the groups are drafted anew."
"""What stands against a draft while schools may still come."""


def publish(
    cohort: CohortRecord, revision: int, changing: Sequence[GroupRecord], formed: int, *, enrolling: bool = False
) -> Decision:
    """Make this draft the cohort. `changing`: published groups that are to change; `formed`: how many are new.

    `enrolling`: schools may still come. Raises Rejected then, when it is not the latest draft, or a group that is to
    change has met meanwhile.
    """
    _publishable(cohort, revision, enrolling=enrolling)
    met = [group.number for group in changing if overtaken(group)]
    if met:
        numbers = ", ".join(str(number) for number in met)
        raise Rejected("stale-draft", f"Groups that would change have met meanwhile ({numbers}); match again.")
    update = {"state": "published", "published": cohort.revision, "before": None, "curve": ()}
    after = cohort.model_copy(update={**update, "version": cohort.version + 1})
    event = cohort_rematched(after, len(changing), formed) if cohort.published else cohort_formed(after)
    sentence = f"{after.groups} groups with {after.schools} schools are published; {len(after.waiting)} wait."
    return Decision(cohort=after, options=(), publishes=True, events=(event,), sentence=sentence)


def publish_groups(untold: Sequence[GroupRecord]) -> Decision:
    """Publish the events of groups: as new ones, or as going on the way that was proposed."""
    events, changed = list[Event](), list[GroupRecord]()
    for group in untold:
        if group.proposed is None:
            events.append(group_formed(group))
        else:
            after = gone_on(group)
            changed.append(after.group)
            events.append(group_changed(group, after))
    return Decision(groups=tuple(changed), events=tuple(events))


def _publishable(cohort: CohortRecord, revision: int, *, enrolling: bool) -> None:
    """Raises Rejected when this draft cannot be published."""
    if cohort.state == "published":
        raise Rejected("already-published", "The cohort is published already.")
    if enrolling:
        raise Rejected("enrolment-open", f"{STALE} `kindred programmes close` closes it.")
    if cohort.state == "matching":
        raise Rejected("not-ready", "A new draft is being worked out; look at it before you publish.")
    if cohort.state == "failed":
        raise Rejected("no-draft", f"There is no draft to publish: {cohort.sentence}")
    must_be_latest(revision, cohort.revision)
