"""Heads coach one another: paired term after term, agreed to, held, changed; and nothing of what they say is kept."""

import logging
from itertools import combinations
from urllib.parse import urljoin

import pytest

from kindred.demo.browser import Page
from shared.commands.forms import ListEntries
from shared.commands.pairs import EndPair
from shared.commands.parties import EndRelation
from shared.commands.programmes import PersonDetails, ReplacePerson
from shared.commands.tasks import ListTasks
from shared.events.pairs import PairEnded, PairFormed
from tests.unit.headteacher_development.heads import COORDINATOR, Heads, schools

CANARY = "zimtstern-canary-4711"


async def heads_of(count: int) -> Heads:
    heads = Heads(count)
    await heads.open()
    heads.came()
    return heads


@pytest.mark.timeout(600)
async def test_thirteen_heads_are_paired_three_times_nobody_twice_and_hear_of_it_only_when_published() -> None:
    heads, seen = await heads_of(13), set[frozenset[str]]()
    for on in ("2026-09-22", "2027-01-06", "2027-04-21"):
        await heads.town.day(on)
        assert not [one for one in heads.came() if one[1].startswith("Coaching this term")]
        found = await heads.publish()
        told = [to for to, subject in heads.came() if subject.startswith("Coaching this term")]
        assert told == sorted(f"head@s{number:02}.example" for number in range(13))
        groups = schools(found)
        assert sorted(map(len, groups)) == [2, 2, 2, 2, 2, 3]
        now = {frozenset(both) for group in groups for both in combinations(group, 2)}
        assert not seen & now
        seen |= now
    assert heads.town.waiting() == {}


async def test_both_agree_and_a_session_took_place_once_one_of_them_says_so() -> None:
    heads = await heads_of(2)
    await heads.pair_up("2026-09-22")
    letter = heads.head(0).letter("Coaching this term: you and Head 01")
    assert "What you say to each other stays with you" in " ".join(letter.text.split())
    for number in (0, 1):
        sent = await heads.head(number).answer("Agree to coach each other", {"agree": "yes"})
        assert sent.heading.endswith("sent, thank you")
    browser, page = await heads.head(1).open("Your first coaching session", "task")
    assert (await browser.press(page, "confirm", {})).heading == "Confirmed, thank you"
    tasks = await heads.town.find(ListTasks(programme_id=heads.programme_id, task="session"))
    assert [(one.state, len(one.person_ids)) for one in tasks.tasks] == [("done", 2)]


async def test_only_a_pair_that_has_stalled_is_mailed_and_nobody_besides() -> None:
    heads = await heads_of(4)
    await heads.pair_up("2026-09-22")
    first, second = schools(await heads.shown())
    for number in map(int, (*first, *second)):
        await heads.head(number).answer("Agree to coach each other", {"agree": "yes"})
    browser, page = await heads.head(int(first[0])).open("Your first coaching session", "task")
    await browser.press(page, "confirm", {})
    heads.came()
    await heads.town.day("2026-12-05")
    stalled = [one for one in heads.came() if "first coaching session" in one[1].casefold()]
    assert stalled
    assert {to for to, _ in stalled} == {f"head@s{number}.example" for number in second}


async def test_please_change_reaches_the_coordinator_alone_and_moves_nobody_else() -> None:
    heads = await heads_of(6)
    found = await heads.pair_up("2026-09-22")
    heads.came()
    row = found.pairs[0]
    one, other = (int(person.school.removeprefix("School ")) for person in row.people)
    sent = await ask_for_a_change(heads, one)
    assert sent.heading.endswith("sent, thank you")
    assert heads.came() == [(COORDINATOR, "A head asks for another coaching partner")]
    entries = await heads.town.find(ListEntries(programme_id=heads.programme_id, form="please-change"))
    assert len(entries.entries) == 1
    await heads.town.ask(EndPair(pair_id=row.pair_id))
    draft = await heads.draft(keep=True)
    assert draft.ends == 0
    await heads.publish()
    heads.came()
    stayed = [set(group) for group in schools(found)[1:]]
    after = [set(group) for group in schools(await heads.shown())]
    assert {f"{one:02}", f"{other:02}"} not in after
    assert all(any(group <= now for now in after) for group in stayed)


async def ask_for_a_change(heads: Heads, number: int) -> Page:
    """By the person's own page, which the mail on their pair leads to."""
    browser, page = await heads.head(number).open("Coaching this term", "todo")
    link = next(one for one in page.links if "/please-change/" in one)
    form = await browser.open(urljoin(page.url, link))
    return await browser.press(form, "send", {"change": "yes"})


async def test_a_successor_takes_the_place_and_not_the_pair() -> None:
    heads = await heads_of(2)
    found = await heads.pair_up("2026-09-22")
    assert len(heads.town.of(PairFormed)) == 1
    leaver = found.pairs[0].people[0]
    number = int(leaver.school.removeprefix("School "))
    heads.came()
    await heads.town.ask(
        ReplacePerson(
            programme_id=heads.programme_id,
            urn=1000 + number,
            person=PersonDetails(role="headteacher", name="New Head", email="new@heads.example"),
        )
    )
    (ended,) = heads.town.of(PairEnded)
    assert ended.reason == "person-left"
    assert (f"head@s{1 - number:02}.example", "Your coaching this term") in heads.came()
    draft = await heads.draft()
    assert {one.school for one in draft.pairs[0].people} == {"School 00", "School 01"}


async def test_what_is_typed_near_a_session_is_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    heads = await heads_of(2)
    await heads.pair_up("2026-09-22")
    browser, page = await heads.head(0).open("Your first coaching session", "task")
    assert {name for name in page.form.fields if name} <= {"csrf", "once"}
    page.form.fields.update({"note": CANARY, "text": CANARY, "comment": CANARY})
    assert (await browser.press(page, "confirm", {})).heading == "Confirmed, thank you"
    for number in (0, 1):
        browser, page = await heads.head(number).open("Agree to coach each other", "entry")
        page.form.fields.update({"note": CANARY, "agree.text": CANARY})
        await browser.press(page, "send", {"agree": "yes"})
    kept = heads.town.kept()
    assert "Head 01" in kept
    assert CANARY not in kept
    assert CANARY not in caplog.text


async def test_heads_who_report_to_the_same_person_are_never_paired_until_they_do_no_longer() -> None:
    heads = await heads_of(4)
    await heads.report_to("Exe", 0, 1, 2)
    found = await heads.pair_up("2026-09-22")
    (group,) = schools(found)
    assert "03" in group, "the only one whom somebody else leads"
    assert found.people_alone == 2
    for number in (0, 1, 2):
        await heads.town.ask(
            EndRelation(
                programme_id=heads.programme_id,
                relation="reports-to",
                person=heads.head(number).address,
                to="exe@trust.example",
            )
        )
    await heads.town.day("2026-09-23")
    assert sorted(map(len, schools(await heads.draft()))) == [2, 2]
