"""Decisions as functions: records and a command in, records and events out; nothing is stored."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.matching.domain.decisions import drafts, facts, publishing
from services.matching.domain.decisions.decision import Decision, DraftGroups
from services.matching.domain.ids import cohort_id
from services.matching.domain.pin_records import PinsRecord
from services.matching.domain.records import (
    CohortRecord,
    EnrolmentRecord,
    GroupRecord,
    ProgrammeRecord,
    Proposal,
)
from services.matching.forming import draft
from services.matching.forming.formation import form
from shared.commands.matching import RematchCohort
from shared.errors import NotYet, Rejected, Retryable
from shared.events.matching import (
    CohortDrafted,
    CohortFormed,
    CohortRematched,
    GroupChanged,
    GroupFormed,
    MatchingStarted,
)
from shared.events.programmes import EnrolmentReopened
from tests.fakes.matching import facts as told
from tests.unit.matching import cases
from tests.unit.matching.regrouped import QUICK

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
KEY = cohort_id("prg-1")
PROGRAMME = ProgrammeRecord.model_validate(told.opened().model_dump())
REMATCH = RematchCohort(programme_id="prg-1")


def cohort(state="draft", **changes):
    fields = {"revision": 2, "version": 5, "seed": 7, **changes}
    return CohortRecord(cohort_id=KEY, programme_id="prg-1", state=state, **fields)


def group(number, *schools, **changes):
    fields = {"school_ids": schools, "ever": schools, "state": "published", "told": True, "version": 1, **changes}
    return GroupRecord(
        group_id=f"grp-{number}", cohort_id=KEY, programme_id="prg-1", revision=1, number=number, **fields
    )


def leaving(**known):
    enrolment = EnrolmentRecord.model_validate(told.enrolled(3).model_dump())
    pins = PinsRecord(programme_id="prg-1")
    fields = {"enrolment": enrolment, "pins": pins, "cohort": None, "untold": False, "group": None, "enrolled": 9}
    return facts.Leaving(**{**fields, **known})


def kinds(decision):
    return [type(event) for event in decision.events]


def test_a_draft_during_whose_search_a_visit_was_held_is_worked_out_anew():
    found = draft.Found(form(cases.plain(6), 1, QUICK))
    standing = [group(1, "a", "b", "c"), group(2, "d", "e", "f")]
    met = [standing[0], group(2, "d", "e", "f", held=True)]
    with pytest.raises(Retryable, match="worked out anew"):
        draft.decide(cohort("matching", published=1), standing, met, met, found)
    decision: Any = draft.decide(cohort("matching"), met, met, [], found)
    assert (kinds(decision), len(decision.drafts.groups)) == ([CohortDrafted], 2)


def test_a_first_draft_is_begun_once_all_enrolments_have_arrived():
    event = told.closed(3)
    with pytest.raises(NotYet, match="2 of 3 enrolments have arrived"):
        drafts.close(drafts.Closing(PROGRAMME, None, arrived=2, enrolled=2), event, NOW)
    begun: Any = drafts.close(drafts.Closing(PROGRAMME, None, arrived=3, enrolled=2), event, NOW)
    assert (begun.cohort.state, begun.cohort.revision, begun.cohort.schools) == ("matching", 1, 2)
    assert begun.cohort.started == NOW.isoformat()
    assert begun.events == (
        MatchingStarted(cohort_id=KEY, programme_id="prg-1", revision=1, schools=2, seed=1, version=1),
    )
    assert begun.programme.closed == 2
    again = drafts.close(drafts.Closing(PROGRAMME, cohort(), arrived=3, enrolled=2), event, NOW)
    assert again == Decision(programme=begun.programme)
    assert drafts.close(drafts.Closing(begun.programme, cohort(), arrived=3, enrolled=2), event, NOW) == Decision()


@pytest.mark.parametrize("reopened_first", [True, False])
def test_a_second_close_drafts_anew_whichever_of_opening_and_closing_arrives_first(reopened_first):
    open_again = EnrolmentReopened(programme_id="prg-1", until=NOW.date(), version=3)
    close_again = told.closed(4).model_copy(update={"version": 4})
    programme: Any = PROGRAMME.model_copy(update={"closed": 2})
    if reopened_first:
        programme = drafts.reopen(programme, open_again).programme
        assert programme.enrolling_again
    begun: Any = drafts.close(drafts.Closing(programme, cohort(), arrived=4, enrolled=4), close_again, NOW)
    assert kinds(begun) == ([MatchingStarted] if reopened_first else [])
    programme = drafts.reopen(begun.programme, open_again).programme or begun.programme
    assert not programme.enrolling_again
    if not reopened_first:  # whoever came between starts the draft by coming
        late: Any = facts.enrol(facts.Taking(None, programme, cohort(), 3), told.enrolled(3), NOW)
        assert (kinds(late), late.events[0].schools) == ([MatchingStarted], 4)


def test_a_published_cohort_keeps_what_it_was_while_it_is_matched_again_and_drops_the_last_draft():
    was = cohort("published", published=2, groups=4)
    begun: Any = drafts.rematch(was, [group(1, "a", "b", "c")], REMATCH, NOW, untold=False, enrolled=12)
    assert (begun.cohort.state, begun.cohort.revision, begun.cohort.before) == ("matching", 3, was)
    assert begun.drafts == DraftGroups(KEY)
    assert begun.events[0].seed == 7
    assert begun.sentence == "Draft 3 is being worked out."


@pytest.mark.parametrize(("untold", "held", "rule"), [(True, False, "being-told"), (False, True, "all-frozen")])
def test_a_published_cohort_is_not_matched_again_while_told_or_when_all_have_met(untold, held, rule):
    groups = [group(1, "a", "b", "c", held=held), group(2, "d", "e", "f", held=held)]
    with pytest.raises(Rejected, match=rule):
        drafts.rematch(cohort("published", published=2), groups, REMATCH, NOW, untold=untold, enrolled=6)


def test_cancelling_the_draft_of_a_published_cohort_brings_back_what_was_published():
    was = cohort("published", published=2, score=0.5)
    now = cohort("matching", published=2, revision=3, version=6, before=was)
    decision: Any = drafts.cancel(now)
    assert (decision.cohort.state, decision.cohort.score) == ("published", 0.5)
    assert (decision.cohort.revision, decision.cohort.version) == (3, 7)
    assert (decision.drafts, decision.options) == (DraftGroups(KEY), ())


def test_a_cohort_is_formed_when_it_is_published_first_and_rematched_from_then_on():
    first: Any = publishing.publish(cohort(), 2, [], 4)
    assert (kinds(first), first.cohort.published, first.publishes) == ([CohortFormed], 2, True)
    again: Any = publishing.publish(cohort(published=1), 2, [group(1, "a", "b", "c", proposed=Proposal())], 1)
    assert kinds(again) == [CohortRematched]
    assert (again.events[0].changed, again.events[0].formed) == (1, 1)


def test_a_draft_that_would_part_schools_that_have_met_is_not_published():
    parted = group(4, "a", "b", "c", held=True, proposed=Proposal(school_ids=("a", "b", "x")))
    with pytest.raises(Rejected, match=r"stale-draft.*met meanwhile \(4\)"):
        publishing.publish(cohort(published=1), 2, [parted], 0)


def test_a_new_group_is_told_as_formed_and_one_with_a_proposal_as_changed():
    changing = group(2, "d", "e", "f", told=False, proposed=Proposal(school_ids=("d", "e", "x")))
    decision: Any = publishing.publish_groups([group(1, "a", "b", "c", told=False), changing])
    assert kinds(decision) == [GroupFormed, GroupChanged]
    assert (decision.events[1].joined, decision.events[1].left, decision.events[1].version) == (("x",), ("f",), 2)
    (after,) = decision.groups
    assert (after.school_ids, after.proposed, after.ever) == (("d", "e", "x"), None, ("d", "e", "f", "x"))


def test_a_school_that_leaves_a_draft_has_the_cohort_drafted_again_without_it():
    pins = PinsRecord(programme_id="prg-1", together=(("sch-03", "sch-04"), ("sch-04", "sch-05")))
    decision: Any = facts.leave(leaving(cohort=cohort(), pins=pins), told.withdrawn(3), NOW)
    assert (decision.enrolment.withdrawn, decision.enrolment.version) == (True, 2)
    assert decision.pins.together == (("sch-04", "sch-05"),)
    assert (kinds(decision), decision.cohort.schools) == ([MatchingStarted], 8)
    assert decision.groups == ()


def test_a_school_that_leaves_a_published_group_leaves_it_smaller():
    known = leaving(cohort=cohort("published", published=2), group=group(1, "sch-03", "sch-04", "sch-05"))
    decision: Any = facts.leave(known, told.withdrawn(3), NOW)
    assert (kinds(decision), decision.cohort) == ([GroupChanged], None)
    assert [one.school_ids for one in decision.groups] == [("sch-04", "sch-05")]
    assert decision.events[0].needs_coordinator is True


def test_a_school_that_leaves_while_groups_are_told_comes_later():
    with pytest.raises(NotYet):
        facts.leave(leaving(cohort=cohort("published", published=2), untold=True), told.withdrawn(3), NOW)


def test_a_withdrawal_that_is_known_or_older_than_the_enrolment_changes_nothing():
    known: Any = leaving().enrolment
    gone = known.model_copy(update={"withdrawn": True, "version": 2})
    newer = known.model_copy(update={"version": 3})
    for enrolment in (None, gone, newer):
        assert facts.leave(leaving(enrolment=enrolment, untold=True), told.withdrawn(3), NOW) == Decision()


def test_an_older_enrolment_changes_nothing_and_a_visit_counts_once():
    newer = EnrolmentRecord.model_validate(told.amended(3).model_dump())
    assert facts.enrol(facts.Taking(newer, PROGRAMME, cohort(), 3), told.enrolled(3), NOW) == Decision()
    enrolled: Any = facts.enrol(facts.Taking(None, PROGRAMME, None, 3), told.enrolled(3), NOW).enrolment
    assert enrolled.version == 1
    (met,) = facts.hold(group(1, "a", "b", "c")).groups
    assert met.held is True
    assert facts.hold(met) == facts.hold(None) == Decision()
