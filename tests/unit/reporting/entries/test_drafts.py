"""Drafts are kept as typed, and nobody overwrites anybody."""

import pytest

from shared.errors import Rejected
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import at_work

HEAD, LEAD = exchange.person("head", exchange.OWN), exchange.OWN_LEAD
ODD = '🙂 שלום مرحبا #let x = {{ 7*7 }} =HYPERLINK("x") <b>'


async def plan(made, person, answers, revision=0):
    return await made.save("plan", exchange.OWN, person, answers, revision)


async def test_a_draft_comes_back_as_typed_also_invalid():
    made = await at_work()
    typed = {
        "done_by": "some day",
        "need": f"  {ODD}\n",
        "topic": "no-such-topic",
        "steps": ({"text": "", "whom": "x"},),
    }
    saved = await made.save("project", exchange.OWN, LEAD, typed, another="one")
    shown = await made.show(LEAD, saved.entry_id)
    assert shown.answers == typed
    assert shown.state == "draft"
    assert {problem.field for problem in shown.problems} == {"topic", "done_by", "steps.1.text", "governors"}


async def test_control_characters_are_taken_out():
    made = await at_work()
    saved = await plan(made, LEAD, {"aim": "a\x00b\x1b[31m\r\nc\td"})
    assert (await made.show(LEAD, saved.entry_id)).answers == {"aim": "ab[31m\nc\td"}


async def test_two_people_who_change_different_fields_both_keep_theirs():
    made = await at_work()
    begun = await plan(made, LEAD, {"aim": "Read", "how": "Daily"})
    await plan(made, LEAD, {"aim": "Read more"}, begun.revision)
    second = await plan(made, HEAD, {"how": "Weekly"}, begun.revision)
    assert second.conflicts == ()
    assert made.kept(begun.entry_id).typed() == {"aim": "Read more", "how": "Weekly"}
    assert made.kept(begun.entry_id).author_ids == (LEAD, HEAD)


async def test_two_people_who_change_the_same_field_see_both_texts():
    made = await at_work()
    begun = await plan(made, LEAD, {"aim": "Read"})
    await plan(made, LEAD, {"aim": "Read more"}, begun.revision)
    second = await plan(made, HEAD, {"aim": "Count more", "how": "Weekly"}, begun.revision)
    assert second.conflicts == ("aim",)
    shown = await made.show(HEAD, begun.entry_id)
    assert shown.answers == {"aim": "Read more", "how": "Weekly"}
    assert [(one.person_id, one.answer) for one in shown.others["aim"]] == [(HEAD, "Count more")]
    settled = await plan(made, HEAD, {"aim": "Read and count"}, second.revision)
    assert settled.conflicts == ()
    assert made.kept(begun.entry_id).draft["aim"].others == ()
    assert made.kept(begun.entry_id).typed()["aim"] == "Read and count"


async def test_a_stale_page_of_the_same_person_overwrites_nothing():
    made = await at_work()
    begun = await plan(made, LEAD, {"aim": "First"})
    await plan(made, LEAD, {"aim": "Second"}, begun.revision)
    back = await plan(made, LEAD, {"aim": "Third"}, begun.revision)
    assert back.conflicts == ("aim",)
    assert made.kept(begun.entry_id).typed() == {"aim": "Second"}


async def test_the_same_again_changes_nothing():
    made = await at_work()
    first = await plan(made, LEAD, {"aim": "Read"})
    before = made.kept(first.entry_id)
    assert await plan(made, LEAD, {"aim": "Read"}) == first
    assert made.kept(first.entry_id) == before


async def test_one_may_begin_several_where_the_form_allows_it():
    made = await at_work()
    one = await made.save("project", exchange.OWN, LEAD, {"need": "a"}, another="x")
    two = await made.save("project", exchange.OWN, LEAD, {"need": "b"}, another="y")
    again = await made.save("project", exchange.OWN, LEAD, {"need": "a"}, another="x")
    assert one.entry_id != two.entry_id
    assert again.entry_id == one.entry_id
    single = [await made.save("notes", exchange.OWN, LEAD, {"arrival": "a"}, another=word) for word in ("x", "y")]
    assert single[0].entry_id == single[1].entry_id


@pytest.mark.parametrize(
    ("form", "answers", "rule"),
    [
        ("plan", {"aim": "x" * 1_000_000}, "too-long"),
        ("plan", {"nobody-asked": "x"}, "unknown-field"),
        ("plan", {"aim": ("x",)}, "wrong-shape"),
        ("plan", {"aim": {"set": "x"}}, "wrong-shape"),
        ("project", {"steps": ({"other": "x"},)}, "wrong-shape"),
        ("no-such-form", {"aim": "x"}, "unknown-entry"),
    ],
)
async def test_what_cannot_be_kept_is_refused(form, answers, rule):
    made = await at_work()
    with pytest.raises(Rejected) as refused:
        await made.save(form, exchange.OWN, LEAD, answers)
    assert refused.value.rule == rule
    assert made.memory.entries.rows == {}


async def test_many_lines_are_bounded_together():
    made = await at_work()
    rows = tuple({"text": "x" * 5000, "whom": ""} for _ in range(50))
    with pytest.raises(Rejected, match="200,000 is the most"):
        await made.save("project", exchange.OWN, LEAD, {"steps": rows})
