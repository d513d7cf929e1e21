"""The look at refusals finds what it is there for."""

import pytest

from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.scheduling import CoordinatorAsked
from tests import refusals


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("the headteacher of Hill School has more than one visit or event on Thursday 13 May 2027.", []),
        ("per-sch-0-headteacher has more than one visit on 2027-05-13.", ["per-sch"]),
        ("There is no cohort 'coh-1234'.", []),
        ("sch-0 is closed, and grp-12 visits nobody.", ["sch-0", "grp-12"]),
    ],
)
def test_ids_are_found_unless_quoted(sentence, found):
    assert refusals.ids_in(sentence) == found


def test_a_refusal_with_an_id_fails():
    refusals.must_be_in_words()
    assert str(Rejected("rule", "sch-0 is closed.")) == "rule: sch-0 is closed."
    with pytest.raises(AssertionError, match="sch-0 is closed"):
        refusals.must_be_in_words()
    refusals.must_be_in_words()


def test_an_answer_or_a_question_with_an_id_fails():
    asked = {"version": 1, "target_id": "vis-1", "target_kind": "visit", "programme_id": "prg-1", "cohort_id": "coh-1"}
    CoordinatorAsked(**asked, question="no-other-date", sentence="No date suits vis-1.")
    with pytest.raises(AssertionError, match="No date suits vis-1"):
        refusals.must_be_in_words()
    assert Done(id="vis-1", sentence="The visit is cancelled.").id == "vis-1"
    refusals.must_be_in_words()
    Done(id="vis-1", sentence="vis-1 is cancelled.")
    with pytest.raises(AssertionError, match="vis-1 is cancelled"):
        refusals.must_be_in_words()
