"""People, wishes and texts of the demo: the same for a seed, plausible, and never at a real address."""

import datetime as dt
import re

from kindred.demo.people import SCHOOL_ROLES, Population, school_domain
from kindred.demo.texts import LEARNT, STRENGTH, Pen
from kindred.demo.wishes import NOT_FOR, wishes
from shared.events.template import Topic

TOPICS = tuple(
    Topic(key=key, title=key.replace("-", " ").capitalize())
    for key in (
        "feedback",
        "homework",
        "phonics",
        "early-years",
        "sixth-form",
        "careers",
        "key-stage-4",
        "writing",
        "arts",
    )
)
_ADDRESS = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*@[a-z0-9-]+\.(example|test)")


def test_the_same_seed_makes_up_the_same_people() -> None:
    first, again, other = (Population(seed).staff("Abbey Lane Primary School", 107001) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_school_gets_one_person_for_each_role() -> None:
    staff = Population(1).staff("Abbey Lane Primary School", 107001)
    assert tuple(person.role for person in staff) == SCHOOL_ROLES
    assert len({person.email for person in staff}) == 5


def test_two_thousand_people_have_names_and_addresses_of_their_own_at_reserved_domains() -> None:
    population = Population(1)
    people = [person for urn in range(100_000, 100_400) for person in population.staff("St Mary's", urn)]
    assert len({person.name for person in people}) == 2000
    assert len({person.email for person in people}) == 2000
    assert [person.email for person in people if not _ADDRESS.fullmatch(person.email)] == []


def test_domains_are_ascii_and_read_like_the_school() -> None:
    assert school_domain("The Abbey & Brook CofE Primary School", 107001) == "abbey-brook-cofe-primary-107001.example"
    assert school_domain("Ysgol Llanfair \N{LATIN SMALL LETTER E WITH ACUTE}", 1) == "ysgol-llanfair-e-1.example"


def test_wishes_fit_the_phase_and_no_topic_is_both_strength_and_need() -> None:
    for urn in range(200):
        for phase in NOT_FOR:
            made = wishes(TOPICS, phase, urn, 1, 2026)
            strengths, needs = {c.topic for c in made.strengths}, {c.topic for c in made.needs}
            assert not strengths & needs
            assert not (strengths | needs) & NOT_FOR[phase]
            assert 1 <= len(strengths) <= 5
            assert 1 <= len(needs) <= 5
            assert all(
                dt.date(2026, 10, 1) <= span.first <= span.last < dt.date(2027, 7, 1)
                for span in made.dates_not_possible
            )


def test_texts_are_the_same_for_a_seed_and_differ_between_seeds() -> None:
    assert Pen("1", "Feedback").one(LEARNT) == Pen("1", "Feedback").one(LEARNT)
    assert len({Pen(str(seed), "Feedback").some(STRENGTH, 2, 4) for seed in range(40)}) > 20


def test_a_plan_has_every_column_of_the_form_and_dates_in_the_future() -> None:
    plan = Pen("1", "Feedback").plan(dt.date(2027, 9, 1))
    assert {key for row in plan.findings for key in row} == {"title", "detail", "status", "evidence"}
    assert {key for row in plan.actions for key in row} == {"what", "owner", "due", "success", "status"}
    assert all(dt.date.fromisoformat(row["due"]) > dt.date(2027, 9, 1) for row in plan.actions)
    assert all("{" not in text for row in (*plan.findings, *plan.actions) for text in row.values())
