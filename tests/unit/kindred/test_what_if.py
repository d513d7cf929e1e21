"""`kindred visits what-if`: the difference is shown; it is carried out only on request, and then exactly as shown."""

import datetime as dt
from typing import Any

import pytest

from shared.commands.base import Command, Query
from shared.commands.programmes_queries import NamedPeople, NamedPerson, NamePeople
from shared.commands.scheduling_changes import (
    ChangeCalendar,
    Disruption,
    NoticeRow,
    VisitDifference,
    VisitLeft,
    WhatIf,
    WhatIfDetail,
)
from shared.events.base import DateSpan
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import done, run
from tests.unit.kindred.test_overruling import KNOWN

DAY = dt.date(2027, 1, 14)
DAYS = (DateSpan(first=DAY, last=DAY),)
AWAY = Disruption(kind="away", person_id="per-1", days=DAYS)
FOUND = WhatIfDetail(
    digest="abc",
    moves=(
        VisitDifference(
            visit_id="vis-abcdef",
            group_id="grp-1",
            host_school_id="sch-2",
            on=DAY,
            becomes=DAY + dt.timedelta(days=1),
            tier="visit",
            sentence="Moves to Friday.",
        ),
    ),
    left=(VisitLeft(visit_id="vis-b", group_id="grp-1", host_school_id="sch-1", on=DAY, sentence="Too near."),),
    notices=(NoticeRow(person_id="per-1", visit_id="vis-abcdef", sentence="It moves."),),
)
NAMED = NamedPeople(people=(NamedPerson(person_id="per-1", name="Ada Okafor", schools=("Abbey",)),))
ANSWERS: dict[type[Command] | type[Query], Any] = {**KNOWN, WhatIf: FOUND, ChangeCalendar: done(), NamePeople: NAMED}


def typed(client: FakeClient, line: str) -> int:
    return run(client, *line.split())


def changed(client: FakeClient) -> list[ChangeCalendar]:
    return [message for message in client.asked if isinstance(message, ChangeCalendar)]


def test_the_difference_is_shown_and_nothing_is_changed(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient(ANSWERS)
    assert typed(client, "visits what-if 2027-01-14 --away ada@school.example") == 0
    shown = capsys.readouterr().out
    assert "Visits that would change: 1. Left to you: 1. Nobody has had a mail." in shown
    assert all(words in shown for words in ("Moves to Friday.", "Too near.", "Ada Okafor", "It moves."))
    assert [message.disruption for message in client.asked if isinstance(message, WhatIf)] == [AWAY]
    assert changed(client) == []


def test_of_very_much_the_first_is_shown_and_all_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    much = FOUND.model_copy(update={"moves_in_all": 4188, "left_in_all": 17, "notices_in_all": 37094})
    assert typed(FakeClient({**ANSWERS, WhatIf: much}), "visits what-if 2027-01-14 --postponed") == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Visits that would change: 4188. Left to you: 17." in shown
    for table in ("What would change (the first 1 of 4188)", "Left to you (the first 1 of 17)"):
        assert table in shown
    assert "Who would get a mail (the first 1 of 37094)" in shown


def test_apply_carries_out_what_was_shown() -> None:
    client = FakeClient(ANSWERS)
    assert typed(client, "visits what-if 2027-01-14 --away per-1 --apply --yes") == 0
    assert changed(client) == [ChangeCalendar(cohort_id="coh-1", disruption=AWAY, digest="abc")]


def test_a_pause_names_nobody() -> None:
    client = FakeClient(ANSWERS)
    assert typed(client, "visits what-if 2027-01-14 --postponed --apply --yes") == 0
    assert [command.disruption for command in changed(client)] == [Disruption(kind="postponement", days=DAYS)]


@pytest.mark.parametrize("named", ["", "--postponed --away per-1"])
def test_one_cause_is_named(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient(ANSWERS)
    assert typed(client, f"visits what-if 2027-01-14 {named}") != 0
    assert "Name one of" in capsys.readouterr().err
    assert client.asked == []
