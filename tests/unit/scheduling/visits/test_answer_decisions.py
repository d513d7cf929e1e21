"""An answer is kept, told and drawn consequences from by a function of the invitation, the answers and the time."""

import pytest

from services.scheduling.domain.visits.answers import Said, decide_answer, way_of
from shared.errors import Rejected
from tests.unit.scheduling.ports.records import ADA, BO, CY, LEADER, MONDAY, NOW, answer, attendee, event, visit

GUEST = attendee(BO, required=False)
VISIT = visit(1, MONDAY, (attendee(ADA), GUEST), leader=LEADER, state="published", version=1)
EVENT = event(1, MONDAY, (ADA,), state="published", version=1)


def decided(target, person, said="declined", latest=None, sequence=None):
    return decide_answer(target, latest or {}, Said(person, said, "page", sequence), NOW)


@pytest.mark.parametrize(
    ("target", "person", "said", "moves", "sentence"),
    [
        (VISIT, ADA, "accepted", None, "Thank you, your answer is saved."),
        (VISIT, ADA, "tentative", None, "Thank you, your answer is saved."),
        (
            VISIT,
            ADA,
            "declined",
            "decline",
            "Thank you for telling us. The coordinator will be in touch about the date.",
        ),
        (
            VISIT,
            LEADER,
            "declined",
            "illness",
            "Thank you for telling us. The coordinator will be in touch about the date.",
        ),
        (VISIT, BO, "declined", None, "Thank you for telling us. The date stays as it is."),
        (EVENT, ADA, "declined", None, "Thank you for telling us. The date stays as it is."),
    ],
)
def test_only_the_decline_of_somebody_without_whom_a_visit_cannot_be_moves_it(target, person, said, moves, sentence):
    found = decided(target, person, said)
    assert (found.moves, found.sentence) == (moves, sentence)
    (told,) = found.events
    assert (told.person_id, told.answer, told.version, told.via) == (person, said, 1, "page")
    assert (told.target_id, told.target_kind) == (("vis-1", "visit") if target is VISIT else ("evt-1", "cohort-event"))
    assert (found.answer.version, found.answer.answer, found.answer.at) == (1, said, NOW)


def test_the_same_answer_again_is_neither_kept_nor_told():
    found = decided(VISIT, ADA, "accepted", {ADA: answer("vis-1")})
    assert (found.answer, found.events, found.moves) == (None, (), None)
    assert found.sentence == "This is the answer we already had."


def test_another_answer_counts_on_from_the_last():
    found = decided(VISIT, ADA, "declined", {ADA: answer("vis-1", version=3)})
    assert (found.answer.version, found.events[0].version) == (4, 4)


def test_the_same_answer_to_a_newer_invitation_is_a_new_answer():
    moved = VISIT.model_copy(update={"visit": VISIT.visit.model_copy(update={"sequence": 1})})
    found = decided(moved, ADA, "accepted", {ADA: answer("vis-1")})
    assert (found.answer.version, found.answer.sequence) == (2, 1)


@pytest.mark.parametrize(
    ("target", "person", "sequence", "rule"),
    [
        (VISIT, CY, None, "not-invited"),
        (VISIT.model_copy(update={"state": "cancelled"}), ADA, None, "already-over"),
        (VISIT.model_copy(update={"state": "draft"}), ADA, None, "not-published"),
        (
            VISIT.model_copy(update={"visit": VISIT.visit.model_copy(update={"sequence": 2})}),
            ADA, 1, "out-of-date-invitation",
        ),
    ],
)  # fmt: skip
def test_who_cannot_answer_is_refused(target, person, sequence, rule):
    with pytest.raises(Rejected, match=rule):
        decided(target, person, sequence=sequence)


@pytest.mark.parametrize(
    ("actor", "via"),
    [
        ("", "page"),
        (ADA, "page"),
        ("portal", "page"),
        ("coordinator@trust.example", "coordinator"),
        (BO, "coordinator"),
    ],
)
def test_who_answers_for_somebody_else_is_the_coordinator(actor, via):
    assert way_of(actor, ADA) == via
