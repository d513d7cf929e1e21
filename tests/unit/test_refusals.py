"""The look at refusals finds what it is there for."""

import pytest

from shared.errors import Rejected
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
