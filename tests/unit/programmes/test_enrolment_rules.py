import datetime as dt

import pytest

from services.programmes.domain.enrolment.addresses import address_fault
from services.programmes.domain.enrolment.rules import RULES, broken_rules
from services.programmes.domain.enrolment.standing import refuse
from shared.errors import Rejected
from shared.events.base import DateSpan
from tests.unit.programmes.made import CLOSED, CLOSING, OTHER, PROPOSED, URN, claim, people, person, standing, wish

SHARED = (
    "The chair of governors and clerk to governors have one e-mail address but different names; "
    "each person needs an address of their own."
)
LOOK_ALIKE = "has letters in it that are not plain English letters; look-alikes of them are not accepted"
ALL_YEAR = DateSpan(first=dt.date(2026, 9, 1), last=dt.date(2027, 8, 31))


def broken(state="enrolling", **changed):
    return [(one.rule, one.sentence, one.column) for one in broken_rules(wish(**changed), standing(state))]


def test_a_good_wish_breaks_no_rule():
    assert broken(not_with=(OTHER,), farthest_travel_km=30) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"urn": 999999}, ("unknown-urn", "No school in the register has URN 999999.", "URN")),
        (
            {"urn": CLOSED},
            (
                "closed-school",
                f"School {CLOSED} (URN {CLOSED}) is closed. It went on under URN 150003: please use that.",
                "URN",
            ),
        ),
        ({"urn": PROPOSED}, ("not-open-yet", f"School {PROPOSED} (URN {PROPOSED}) is only proposed to open.", "URN")),
        ({"people": people()[1:]}, ("missing-role", "The school names no headteacher.", "Headteacher name")),
        (
            {"people": (*people(), person("practitioner"))},
            ("unknown-role", "This programme has no practitioner of a school.", "Practitioner name"),
        ),
        (
            {"people": (*people(), person("clerk", name="Second", email="second@school.example"))},
            ("role-twice", "The school names 2 people as clerk to governors.", "Clerk to governors name"),
        ),
        (
            {"people": people(senior_leader={"name": "the HEADTEACHER.", "email": "other@school.example"})},
            ("same-person-twice", "Headteacher and senior leader must be two people.", "Senior leader name"),
        ),
        (
            {"people": people(senior_leader={"name": "The headteacher", "email": "Headteacher@School.example"})},
            ("same-person-twice", "Headteacher and senior leader must be two people.", "Senior leader name"),
        ),
        (
            {"people": people(cpd_lead={"email": "nobody"})},
            ("invalid-address", "The e-mail address of the CPD lead has no @.", "CPD lead email"),
        ),
        (
            {"people": people(clerk={"email": "chair-of-governors@school.example"})},
            (
                "shared-address",
                SHARED,
                "Clerk to governors email",
            ),
        ),
        (
            {"strengths": ()},
            (
                "needs-without-strengths",
                "The school names needs but no strength: it must have something to share.",
                "Strength 1",
            ),
        ),
        (
            {"needs": ()},
            (
                "strengths-without-needs",
                "The school names strengths but no need: it must want to learn something.",
                "Need 1",
            ),
        ),
        (
            {"needs": tuple(claim(t) for t in ("writing", "eal", "send", "arts", "science", "reading"))},
            ("too-many-topics", "The school names 6 needs; at most 5 are taken.", "Need 7"),
        ),
        ({"needs": (claim("juggling"),)}, ("unknown-topic", "'juggling' is not a topic of this programme.", "Need 1")),
        (
            {"needs": (claim("Writting"),)},
            ("unknown-topic", "'Writting' is not a topic of this programme; the nearest is 'Writing'.", "Need 1"),
        ),
        (
            {"strengths": (claim(), claim())},
            ("topic-twice", "'phonics' is named twice as a strength.", "Strength 2"),
        ),
        (
            {"needs": (claim("writing", evidence="  "),)},
            ("evidence-missing", "Need 1 needs a sentence of evidence: how does the school know?", "Need 1 evidence"),
        ),
        (
            {"dates_not_possible": (DateSpan(first=dt.date(2025, 5, 1), last=dt.date(2025, 5, 2)),)},
            (
                "dates-outside-year",
                "01/05/2025 to 02/05/2025 does not lie in the school year 2026/27.",
                "Dates not possible",
            ),
        ),
        (
            {"dates_not_possible": (ALL_YEAR,)},
            (
                "no-possible-date",
                "The dates that are not possible leave no day for visits all year; a group of 3 needs 3.",
                "Dates not possible",
            ),
        ),
        (
            {"people": people(headteacher={"dates_not_possible": (ALL_YEAR,)})},
            (
                "no-possible-date",
                "The dates that are not possible leave no day for visits all year; a group of 3 needs 3.",
                "Dates not possible",
            ),
        ),
        (
            {"not_with": (URN,)},
            ("not-with-itself", "The school asks not to be matched with itself.", "Not with (URNs)"),
        ),
        (
            {"not_with": (999999,)},
            (
                "not-with-unknown",
                "No school in the register has URN 999999, named under 'not with'.",
                "Not with (URNs)",
            ),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_rule(changed, expected):
    assert broken(**changed) == [expected]


def test_closed_enrolment():
    ((rule, sentence, column),) = broken("closed")
    assert (rule, column) == ("enrolment-closed", "URN")
    assert sentence.startswith("Enrolment to this programme is closed. `kindred programmes reopen` opens it")


def test_a_school_proposed_to_close_may_still_enrol():
    assert broken(urn=CLOSING) == []


def test_somebody_elses_impossible_year_does_not_matter():
    assert broken(people=people(clerk={"dates_not_possible": (ALL_YEAR,)})) == []


def test_one_person_may_hold_several_roles_outside_the_pair():
    same = {"name": "Sam Same", "email": "sam@school.example"}
    assert broken(people=people(senior_leader=same, cpd_lead=same)) == []


def test_neither_strengths_nor_needs():
    assert [rule for rule, _, _ in broken(strengths=(), needs=())] == ["too-few-topics", "too-few-topics"]


def test_a_refusal_carries_the_first_rule_and_every_sentence():
    with pytest.raises(Rejected) as refused:
        refuse(broken_rules(wish(urn=999999, needs=()), standing()))
    assert refused.value.rule == "unknown-urn"
    assert refused.value.sentence == (
        "No school in the register has URN 999999. "
        "The school names strengths but no need: it must want to learn something."
    )


def test_every_rule_says_its_name_in_its_docstring():
    for rule in RULES:
        assert rule.__doc__
        assert rule.__doc__.startswith("`"), rule.__name__


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("a@school.example", None),
        ("o'neill.b+x@st-marys.leeds.sch.uk", None),
        ("a@b.example\nBcc: all@b.example", "has a line break or control character in it"),
        ("a@b.example\r", "has a line break or control character in it"),
        ("\u0430@school.example", LOOK_ALIKE),
        ("a.school.example", "has no @"),
        ("a@school", "is not written like name@school.example"),
        ("a b@school.example", "is not written like name@school.example"),
        ("a@@school.example", "is not written like name@school.example"),
        ('"a"@school.example', "is not written like name@school.example"),
        (".a@school.example", "is not written like name@school.example"),
        ("a@-school.example", "is not written like name@school.example"),
        ("A Name <a@school.example>", "is not written like name@school.example"),
        ("a" * 65 + "@school.example", "is too long"),
        ("", "has no @"),
    ],
)  # fmt: skip
def test_addresses(address, fault):
    assert address_fault(address) == fault
