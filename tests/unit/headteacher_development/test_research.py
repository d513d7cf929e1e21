"""Schools look into questions of their own; what one finds is read by all, and taken up by some."""

import pytest

from kindred.demo.browser import Page
from services.reporting.domain.reports.blocks import BlockReport, TablePart
from shared.commands.forms import ListEntries, WithdrawEntry
from shared.commands.reports import CompileReport
from tests.unit.headteacher_development.heads import Heads

SCHOOLS = 3


@pytest.fixture
async def heads() -> Heads:
    """A partnership in which one school has found something, and its head has agreed to it."""
    found = Heads(SCHOOLS)
    await found.open()
    await found.town.day("2026-10-02")
    said = {"question": "Do pupils read more in pairs?", "method": "We count.", "researcher.name": "Rae Moss"}
    sent = await found.head(0).answer("Say which question", {**said, "researcher.address": "rae@s00.example"})
    assert sent.heading.endswith("sent, thank you")
    await found.town.day("2027-01-20")
    rae = found.town.person("rae@s00.example")
    await rae.answer("Write down what you have found", {"title": "They read twice as much.", "page": "We paired them."})
    found.came()
    browser, page = await found.head(0).open("Agree to what your colleague has found", "entry")
    assert (await browser.press(page, "agree", {})).heading == "Agreed, thank you"
    return found


async def take_up(heads: Heads, number: int, now: str) -> Page:
    return await heads.head(number).answer("Say what becomes of a finding", {"now": now})


async def test_what_was_found_goes_to_every_head_in_one_digest_and_each_says_what_becomes_of_it(heads: Heads) -> None:
    await heads.town.day("2027-01-22")
    got = [one for one in heads.came() if "partner schools have found" in one[1] or "becomes of a finding" in one[1]]
    assert got == sorted(
        [(f"head@s{number:02}.example", "What your partner schools have found") for number in range(SCHOOLS)]
        + [
            (
                f"head@s{number:02}.example",
                "Say what becomes of a finding in your school, by Wednesday 17 February 2027",
            )
            for number in range(SCHOOLS)
        ]
    )
    assert (await take_up(heads, 1, "will-use")).heading.endswith("sent, thank you")
    entries = await heads.town.find(ListEntries(programme_id=heads.programme_id, form="uptake"))
    assert len(entries.entries) == 1


async def test_a_finding_is_read_by_every_head_and_by_nobody_before_it_was_agreed_to(heads: Heads) -> None:
    await heads.town.day("2027-01-22")
    _, page = await heads.head(2).open("What your partner schools have found", "entry")
    assert "They read twice as much." in page.text


async def cascade(heads: Heads) -> TablePart:
    """The table of the report on what was taken up, made anew."""
    await heads.town.ask(CompileReport(programme_id=heads.programme_id, report="cascade"))
    await heads.town.settle()
    made = heads.town.renderer.seen[-1]
    assert isinstance(made, BlockReport)
    (part,) = made.parts
    assert isinstance(part, TablePart)
    return part


async def test_how_far_a_finding_came_is_counted_by_schools_each_once_after_one_two_and_three_terms(
    heads: Heads,
) -> None:
    await heads.town.day("2027-01-22")
    await take_up(heads, 1, "tried")
    await take_up(heads, 2, "not-for-us")
    await heads.town.day("2027-05-10")
    await take_up(heads, 1, "stopped")
    await take_up(heads, 2, "kept")
    part = await cascade(heads)
    assert part.rows == (
        (
            "School 00",
            "20 January 2027",
            "1",
            "2",
            "not yet",
            "We have kept it: School 02. We have stopped: School 01.",
        ),
    )
    assert part.note == "Two schools took up something, each counted once, as on 10 May 2027."


async def test_when_a_finding_is_withdrawn_heads_are_told_and_who_took_it_up_still_counts(heads: Heads) -> None:
    await heads.town.day("2027-01-22")
    await take_up(heads, 1, "kept")
    heads.came()
    entries = await heads.town.find(ListEntries(programme_id=heads.programme_id, form="research-finding"))
    await heads.town.ask(
        WithdrawEntry(entry_id=entries.entries[0].entry_id, person_id=entries.entries[0].author_ids[0])
    )
    await heads.town.settle()
    assert heads.came() == [(f"head@s{number:02}.example", "A finding was withdrawn") for number in range(SCHOOLS)]
    part = await cascade(heads)
    assert [row[:3] for row in part.rows] == [("School 00 (withdrawn)", "20 January 2027", "1")]
    assert part.note.endswith("one entry withdrawn since; who had taken it up is still counted.")
