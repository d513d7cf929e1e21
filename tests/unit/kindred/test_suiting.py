"""`kindred dates suit`: who is asked for, and what is shown of who is missing."""

import datetime as dt
import re

from shared.commands import programmes_queries as queries
from shared.commands.scheduling_suiting import FindSuitingDays, SuitingDay, SuitingDays
from shared.events.base import DateSpan
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run
from tests.unit.kindred.test_overruling import ADA, KNOWN

OCTOBER = DateSpan(first=dt.date(2026, 10, 5), last=dt.date(2026, 10, 9))
MAY = DateSpan(first=dt.date(2027, 5, 3), last=dt.date(2027, 5, 14))
MANY = tuple(f"per-{number}" for number in range(1, 10))
FOUND = SuitingDays(
    people=9,
    days=(
        SuitingDay(on=OCTOBER.last),
        SuitingDay(on=MAY.first, missing=MANY[:1]),
        SuitingDay(on=MAY.last, missing=MANY),
    ),
)
NAMED = queries.NamedPeople(people=(queries.NamedPerson(person_id="per-1", name="Ada Okafor", schools=("Abbey",)),))
STRETCHES = ["--between", "2027-05-03..2027-05-14", "--between", "2026-10-05..2026-10-09"]


def asked(*typed, found=FOUND):
    client = FakeClient({**KNOWN, queries.NamePeople: NAMED, FindSuitingDays: found})
    code = run(client, "dates", "suit", *STRETCHES, *typed)
    return code, next((one for one in client.asked if isinstance(one, FindSuitingDays)), None)


def test_all_heads_are_asked_for_unless_others_are_named():
    assert asked() == (0, FindSuitingDays(person_ids=(ADA.person_id,), stretches=(OCTOBER, MAY)))
    assert asked("--person", "per-7", "--weeks", "10") == (
        0,
        FindSuitingDays(person_ids=("per-7",), stretches=(OCTOBER, MAY), weeks_apart=10),
    )
    assert asked("--role", "Headteacher", "--person", "per-7")[1].person_ids == (ADA.person_id, "per-7")


def test_nobody_in_the_role_is_a_sentence(capsys):
    assert asked("--role", "practitioner") == (2, None)
    assert capsys.readouterr().err == (
        "Nobody in this role takes part. Name another role, or somebody with --person.\n"
    )


def test_who_is_missing_is_named_and_the_rest_counted(capsys):
    asked()
    said = re.sub(r"[│|\s]+", " ", capsys.readouterr().out)
    assert "9 of 9 Monday 3 May 2027 8 of 9 Ada Okafor (Abbey) Friday 14 May 2027 0 of 9" in said
    assert "Ada Okafor (Abbey), per-2, per-3, per-4, per-5, per-6 and 3 more" in said


def test_a_day_on_which_nobody_can_come_is_not_passed_off_as_one_that_suits(capsys):
    asked()
    said = " ".join(capsys.readouterr().out.split())
    assert said.endswith("all are taken: name another --between.")
    assert "Nobody can come on Friday 14 May 2027." in said
    asked(found=SuitingDays(people=9, days=FOUND.days[:2]))
    assert "Nobody" not in capsys.readouterr().out
