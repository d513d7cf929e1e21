"""`kindred visits event` and `describe-event`."""

from typing import Any

import pytest

from kindred.cli.input import lookup
from shared.commands import programmes_queries as queries
from shared.commands.base import Done
from shared.commands.event_programmes import (
    DescribeCohortEvent,
    EventItem,
    EventProgramme,
    EventTable,
    EventVenue,
    ShowEventProgramme,
)
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run

FOUND = EventProgramme(
    event_id="evt-1", title="Launch", venue=EventVenue(name="Hall", access="Ramp"), invited=2,
    agenda=(EventItem(title="Talk", speaker="Ines"),),
    tables=(EventTable(number=1, person_ids=("per-1",), shares=("Feedback",)),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def one_event(monkeypatch):
    class Row:
        class event:  # noqa: N801 - stands for a row's field
            event_id = "evt-1"

    monkeypatch.setattr(lookup, "event", lambda *_: Row)
    monkeypatch.setenv("COLUMNS", "200")


def client():
    people = queries.NamedPeople(people=(queries.NamedPerson(person_id="per-1", name="Amara Osei", schools=()),))
    answers: dict[Any, Any] = {
        ShowEventProgramme: FOUND, queries.NamePeople: people,
        DescribeCohortEvent: Done(id="evt-1", sentence="Launch: 1 item."),
    }  # fmt: skip
    return FakeClient(answers)


def test_it_shows_who_sits_with_whom(capsys):
    assert run(client(), "visits", "event", "launch") == 0
    out = capsys.readouterr().out
    assert all(words in out for words in ("Hall", "Ramp", "Ines", "Amara Osei", "Feedback"))


def test_what_is_not_given_of_the_venue_stays(capsys):
    asked = client()
    items = ("--item", "Talk | Ines | university | https://example.org/a.pdf", "--item", "Lunch")
    assert run(asked, "visits", "describe-event", "launch", "--address", "Church Street", *items, "--tell") == 0
    (sent,) = [one for one in asked.asked if isinstance(one, DescribeCohortEvent)]
    assert sent == DescribeCohortEvent(
        event_id="evt-1", venue=EventVenue(name="Hall", access="Ramp", address="Church Street"), tell=True,
        agenda=(
            EventItem(title="Talk", speaker="Ines", sector="university", material="https://example.org/a.pdf"),
            EventItem(title="Lunch"),
        ),
    )  # fmt: skip


def test_an_item_that_cannot_be_read_is_refused(capsys):
    assert run(client(), "visits", "describe-event", "launch", "--item", "| nobody") == 2
    assert "should read like" in capsys.readouterr().err
