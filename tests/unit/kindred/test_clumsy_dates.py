"""What is typed clumsily about dates and calls is refused, or taken as meant, with what to do instead."""

from typing import Any

import pytest

from shared.commands import scheduling_dates as dates
from shared.commands.programmes_queries import ListProgrammes
from shared.commands.scheduling import ShowCalendarImpact
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run
from tests.unit.kindred.test_dates import ANSWERS, plain


def client() -> FakeClient:
    nothing: dict[Any, Any] = {
        dates.ListAgreements: dates.AgreementRows(total=3, agreements=()),
        dates.ListCalls: dates.CallRows(total=3, calls=()),
        dates.ListCallOffers: dates.CallOfferRows(total=3, offers=()),
        dates.ShowCallSlots: dates.CallSlots(total=0, timezone="Europe/London", slots=()),
        dates.OfferCall: done(),
        ListProgrammes: ONE,
    }
    return FakeClient({**ANSWERS, **nothing})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("calls book per-1 --at", "A call is between two people or more; name another."),
        ("calls book per-1 per-2 --at", "'2027-01-14' has no time of day; write it as 2027-01-31 09:00."),
        ("calendars impact --day", "Name a school by --urn and its closed days by --day, or neither of them."),
        ("calendars impact --urn 107001", "Name a school by --urn and its closed days by --day, or neither of them."),
        (
            "dates suit --person per-1" + " --between 2027-01-14" * 12 + " --between",
            "Days are found for 5,000 people and 12 stretches at most, not for 1 and 13.",
        ),
    ],
)
def test_what_is_missing_or_too_much_is_named_before_anything_is_asked(
    typed: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, words = client(), typed.split()
    assert run(asked, *words, *([] if words[-1].isdigit() else ["2027-01-14"])) == 2
    assert capsys.readouterr().err.startswith(sentence)
    assert not [one for one in asked.asked if isinstance(one, dates.BookCall | ShowCalendarImpact)]


def test_who_is_named_twice_is_asked_once() -> None:
    asked = client()
    assert run(asked, "calls", "invite", "per-1", "ada@school.example", "per-2", "per-2") == 0
    assert [one.person_id for one in asked.asked if isinstance(one, dates.OfferCall)] == ["per-1", "per-2"]


@pytest.mark.parametrize("typed", ["dates list", "calls list", "calls list --invitations"])
def test_a_page_beyond_the_last_row_says_how_many_there_are(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(client(), *typed.split(), "--offset", "3") == 0
    assert plain(capsys) == "There are 3 only. Name a smaller --offset."


def test_where_no_slot_is_left_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(client(), "calls", "slots", "per-1", "per-2") == 0
    said = "No time is left for 30 minutes. Use `kindred calls open` to say when else to be called."
    assert plain(capsys) == said
