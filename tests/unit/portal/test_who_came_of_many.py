"""Who came, where very many were invited: all but those who are named."""

import pytest

from services.portal.pages.courses.many import Guest, lines_of, named_before
from shared.errors import Rejected

GUESTS = [
    Guest("per-1", "Ada Lovelace", "Hollins"), Guest("per-2", "Bo Smith", "Hollins"),
    Guest("per-3", "Bo Smith", "Carr Wood"), Guest("per-4", "Cy Young", "Carr Wood"), Guest("per-5", "Di"),
]  # fmt: skip


def was(**written):
    return {one.person_id: one.was for one in lines_of(GUESTS, written)}


def test_everybody_was_there_but_those_who_are_named():
    assert set(was().values()) == {"present"}
    found = was(absent="ada lovelace\n\n  Bo  Smith, Carr Wood ", part="Cy Young")
    assert found == {"per-1": "absent", "per-2": "present", "per-3": "absent", "per-4": "part", "per-5": "present"}


def test_a_part_of_a_name_is_enough_where_it_fits_one():
    assert was(absent="Lovelace")["per-1"] == "absent"
    assert was(absent="Di")["per-5"] == "absent"


@pytest.mark.parametrize(
    ("written", "rule", "said"),
    [
        ({"absent": "Eve"}, "not-invited", "Nobody who was invited is called \u201cEve\u201d."),
        ({"part": "Bo Smith"}, "several-fit", "Write name and school, with a comma between."),
        ({"absent": "Ada Lovelace", "part": "Lovelace"}, "named-twice", "Ada Lovelace stands in both lists."),
        ({"absent": "\n".join(f"X{one}" for one in range(9))}, "not-invited", "and 4 more"),
    ],
)
def test_what_names_nobody_or_several_is_said(written, rule, said):
    with pytest.raises(Rejected) as refused:
        was(**written)
    assert refused.value.rule == rule
    assert said in refused.value.sentence


def test_what_was_entered_before_stands_in_the_form_and_means_the_same_again():
    before = was(absent="Bo Smith, Hollins\nDi", part="Cy Young")
    assert was(**named_before(GUESTS, before)) == before
