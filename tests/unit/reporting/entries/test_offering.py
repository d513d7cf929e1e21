"""What is open to somebody without a task: forms that nobody is asked for, and entries to let go."""

import datetime as dt

import pytest

from shared.commands.entries_listed import ListOpenForms
from shared.commands.forms import AgreeEntry
from shared.events.agreed_visits import AgreedVisitCancelled, AgreedVisitHeld, AgreedVisitScheduled, Invited
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import HOST, HOST_HEAD, HOST_LEAD, MATCH, OWN, OWN_LEAD, VISITOR
from tests.unit.reporting.entries.harness import Exchange, days, findings_sent

ABOUT_A_VISIT = {
    "key": "wish", "title": "What you want to see", "by": ["practitioner"], "about": "visit",
    "fields": [{"key": "wanted", "kind": "lines", "label": "What?"}],
    "answered": {"by": "host.lead", "outcomes": [{"key": "arranged", "title": "Arranged"}]},
}  # fmt: skip
JOT = {"key": "jot", "title": "A note", "by": ["practitioner"], "about": "visit", "many": True,
       "fields": [{"key": "seen", "label": "What?"}]}  # fmt: skip
ASKED = {"key": "write", "who": ["practitioner"], "do": {"form": "note"}, "opens": "09-15", "due": "10-20"}
DAY = exchange.NOW.date() + dt.timedelta(days=7)


@pytest.fixture
async def made():
    """An exchange with a visit a week ahead; notes about a placement are asked for by a task."""
    known = Exchange()
    _, *others = exchange.everything()
    await known.handle(exchange.opened(forms=[*exchange.FORMS, ABOUT_A_VISIT, JOT], tasks=[ASKED]), *others)
    await known.handle(exchange.placed(), visit(AgreedVisitScheduled, 1))
    return known


def visit(kind, version):
    person = Invited(person_id=VISITOR, role="practitioner", school_id=OWN)
    return kind(
        version=version, visit_id="vis-1", arrangement_id="arr-1", programme_id=exchange.PROGRAMME, activity="day",
        kind="agreed-visit", match_id=MATCH, person_id=VISITOR, school_id=OWN, host_school_id=HOST, number=1, on=DAY,
        starts=dt.time(9), ends=dt.time(15), timezone="Europe/London", attendees=(person,),
        **({"why": "person"} if kind is AgreedVisitCancelled else {}),
        **({"present": (person,)} if kind is AgreedVisitHeld else {}),
    )  # fmt: skip


async def offered(made, person):
    found = await made.find(ListOpenForms(programme_id=exchange.PROGRAMME, person_id=person))
    return [(one.act, one.form, one.about_id) for one in found.forms]


async def test_forms_that_no_task_asks_for_are_open_about_what_somebody_has_a_part_in_and_days_come_first(made):
    assert await offered(made, VISITOR) == [
        ("fill", "wish", "vis-1"),
        ("fill", "jot", "vis-1"),
        ("fill", "findings", MATCH),
        ("fill", "wanted", MATCH),
        ("fill", "reflection", MATCH),
    ]
    assert ("fill", "wish", "vis-1") not in await offered(made, HOST_LEAD)
    assert await offered(made, "per-nobody") == []


async def test_what_is_arranged_before_a_day_is_no_use_after_it_and_nothing_is_of_a_day_that_is_cancelled(made):
    made.time.at += days(8)
    assert [form for _, form, about in await offered(made, VISITOR) if about == "vis-1"] == ["jot"]
    made.time.at += days(40)
    assert [form for _, form, about in await offered(made, VISITOR) if about == "vis-1"] == []
    made.time.at -= days(48)
    await made.handle(visit(AgreedVisitCancelled, 2))
    assert [form for _, form, about in await offered(made, VISITOR) if about == "vis-1"] == []


async def test_what_was_sent_is_not_offered_again_unless_there_may_be_several_and_a_draft_is_gone_on_with(made):
    await made.save("wanted", MATCH, VISITOR, {})
    (begun,) = [
        one
        for one in (await made.find(ListOpenForms(programme_id=exchange.PROGRAMME, person_id=VISITOR))).forms
        if one.form == "wanted"
    ]
    assert begun.entry_id
    await made.send("jot", "vis-1", VISITOR, {"seen": "Six lessons"}, another="one")
    await made.send("wish", "vis-1", VISITOR, {"wanted": [{"text": "Books"}]})
    found = await offered(made, VISITOR)
    assert ("fill", "jot", "vis-1") in found
    assert ("fill", "wish", "vis-1") not in found


async def test_whoever_lets_entries_go_finds_those_that_were_agreed_to(made):
    sent = await findings_sent(made)
    assert [act for act, *_ in await offered(made, HOST_HEAD)].count("release") == 0
    await made.do(AgreeEntry(entry_id=sent, person_id=HOST_LEAD, number=1))
    assert (await offered(made, HOST_HEAD))[0] == ("release", "findings", MATCH)
    assert ("release", "findings", MATCH) not in await offered(made, OWN_LEAD)


async def test_nothing_is_open_of_a_placement_that_has_ended_or_while_the_programme_stands_still(made):
    known, paused = exchange.paused(made.time.now().date(), forms=[*exchange.FORMS, ABOUT_A_VISIT, JOT])
    await made.handle(known, paused)
    assert await offered(made, VISITOR) == []


async def test_a_placement_that_has_ended_opens_nothing(made):
    await made.handle(exchange.placement_ended())
    assert [about for _, _, about in await offered(made, VISITOR) if about == MATCH] == []


async def test_a_form_that_opens_once_an_agreed_day_is_over_opens_then(made):
    later = {"key": "later", "title": "Later", "by": ["practitioner"], "about": "match", "after": "day.held",
             "fields": [{"key": "said", "label": "What?"}]}  # fmt: skip
    await made.handle(exchange.opened(forms=[*exchange.FORMS, later]).model_copy(update={"version": 2}))
    assert ("fill", "later", MATCH) not in await offered(made, VISITOR)
    made.time.at += days(8)
    await made.handle(visit(AgreedVisitHeld, 2))
    assert ("fill", "later", MATCH) in await offered(made, VISITOR)
