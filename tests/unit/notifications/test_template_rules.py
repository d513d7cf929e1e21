"""The rules of mails in words from a template: names, conditions, and when what gathers goes out."""

import datetime as dt

import pytest

from services.notifications.domain.template_mails import situations, slots
from services.notifications.domain.template_mails.filling import filled
from services.notifications.domain.template_mails.situations import Case
from shared.errors import Permanent
from shared.events.forms import Told
from shared.template.resolving import Situation
from shared.template.words import Condition, Recipients


def test_names_are_filled_once_and_strictly():
    assert filled("{a.b} and {a.b}", {"a.b": "{c}"}, "m") == "{c} and {c}"
    for wrong in ("{c}", "{", "a } b", "{ {a.b}"):
        with pytest.raises(Permanent):
            filled(wrong, {"a.b": "x"}, "m")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"field": "project.governors"}, True),
        ({"field": "governors"}, True),
        ({"field": "project.governors", "equals": ["no"]}, False),
        ({"field": "project.topics", "equals": ["b", "c"]}, True),
        ({"field": "project.days", "equals": ["4"]}, True),
        ({"field": "consent.agree"}, False),
        ({"field": "project.unknown"}, False),
    ],
)
def test_a_condition_holds_by_answers_that_were_told(condition, expected):
    told: dict[str, Told] = {"governors": True, "topics": ("a", "b"), "days": 4}
    case = Case(Situation(), {"project": told}, "project")
    assert situations.holds(Condition.model_validate(condition), case) is expected
    also = (Recipients(when=Condition.model_validate(condition), people=("host.clerk",)),)
    assert situations.named(("author",), also, case) == (("author", "host.clerk") if expected else ("author",))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("now", "at_once", "expected"),
    [
        ("2027-01-11T06:00", False, ["2027-01-11", "2027-01-12", "2027-01-13"]),
        ("2027-01-11T07:00", False, ["2027-01-12", "2027-01-13"]),
        ("2027-01-11T07:00", True, ["2027-01-11", "2027-01-12", "2027-01-13"]),
        ("2027-06-11T23:30", False, ["2027-06-12", "2027-06-13", "2027-06-14"]),
    ],
)
def test_a_digest_has_one_mail_a_day(now, at_once, expected):
    found = slots.of_digest(at(now), "Europe/London", at_once=at_once)
    assert [slot.key for slot in found] == expected
    assert found[0].at == at(now) if at_once else found[0].at > at(now)


@pytest.mark.parametrize(
    ("now", "first", "key"),
    [
        ("2027-01-11T07:00", "2027-01-11T08:00", "2027-W02"),
        ("2027-01-11T08:00", "2027-01-12T08:00", "2027-W02"),
        ("2027-01-17T09:00", "2027-01-18T08:00", "2027-W03"),
        ("2027-06-14T06:30", "2027-06-14T07:00", "2027-W24"),
    ],
)
def test_the_weekly_mail_goes_within_a_day_and_then_not_before_the_next_week(now, first, key):
    found = slots.of_week(at(now), "Europe/London")
    assert (found[0].key, found[0].at) == (key, at(first))
    assert len({slot.key for slot in found}) == len(found) > 1
    assert found[1].at.astimezone(dt.UTC).weekday() == 0
