"""The block `counts`: how many of how many, groups merged and withheld with the reason, wordings never added up."""

from tests.unit.reporting.counting.staffroom import answer, counts, opened, people, report, staffed
from tests.unit.reporting.entries.exchange import HOST, OWN, person

LEADS, GOVERNORS = people("lead", 6), people("governor", 2)


async def answered(made, those, school=OWN, **changes):
    for number, one in enumerate(those):
        given = {"mood": "bad" if number == 0 else "good", "worry": f"Worry {number}", **changes}
        await answer(made, one, school, **given)


async def test_a_table_says_how_many_of_how_many():
    made = await staffed(leads=6)
    await answered(made, LEADS[:4])
    mood, which, worry, of = await report(made)
    assert (mood.title, mood.columns, mood.rows) == ("Mood", ("Answer", "All"), (("Good", "3"), ("Bad", "1")))
    assert mood.note == "Four people have answered of the nine who were asked."
    assert which.text == "Fewer than three people have answered this, so it is not shown."
    assert worry.lines == ("Worry 0", "Worry 1", "Worry 2", "Worry 3")
    assert (of.title, of.text) == ("", mood.note)


async def test_fewer_than_promised_are_withheld_and_later_ones_wait():
    made = await staffed()
    await answered(made, LEADS[:2])
    (part,) = await report(made)
    assert part.text.startswith("Fewer than three people have answered, so nothing is shown")
    await answered(made, LEADS[2:4])
    assert (await report(made))[0].rows == (("Good", "2"), ("Bad", "2"))
    await answered(made, LEADS[4:5])
    (mood, *_) = await report(made)
    assert mood.rows == (("Good", "2"), ("Bad", "2"))
    assert "One person has answered since: they are added once there are three." in mood.note


async def test_small_groups_are_counted_together_and_the_reason_is_said():
    made = await staffed(governors=2, by_role=True)
    await answered(made, LEADS[:4])
    await answered(made, [*GOVERNORS, person("head", OWN)])
    mood = (await report(made))[0]
    assert mood.columns == ("Answer", "All", "Lead", "Head and Governor")
    assert mood.rows == (("Good", "5", "3", "2"), ("Bad", "2", "1", "1"))
    assert "Head and Governor are counted together, because fewer than three of one of them answered." in mood.note


async def test_a_school_that_is_withheld_is_in_no_total():
    made = await staffed()
    await staffed(leads=3, school=HOST, made=made)
    await answered(made, LEADS[:4])
    await answered(made, people("lead", 2, HOST), HOST)
    await report(made)
    await report(made, about=HOST)
    mood = (await report(made, "everywhere"))[0]
    assert mood.rows == (("Good", "3"), ("Bad", "1"))
    assert "One place is left out, because fewer than three people answered there." in mood.note


async def test_two_wordings_stand_apart():
    made = await staffed(leads=8)
    everybody = people("lead", 8)
    await answered(made, everybody[:3])
    await opened(made, version=3, least_shown=4)
    await answered(made, everybody[3:7])
    found = [part for part in await report(made) if part.title == "Mood"]
    assert [part.rows for part in found] == [(("Good", "2"), ("Bad", "1")), (("Good", "3"), ("Bad", "1"))]
    assert ["before it was changed" in part.note for part in found] == [True, False]


async def test_the_query_shows_what_reports_have_shown_and_nothing_newer():
    made = await staffed()
    await answered(made, LEADS[:4])
    (sheet,) = (await counts(made)).sheets
    assert (sheet.people, sheet.asked, [one.rows for one in sheet.questions]) == (4, 9, [()])
    await report(made)
    (sheet,) = (await counts(made, OWN)).sheets
    assert [(row.words, row.numbers) for row in sheet.questions[0].rows] == [("Good", (3,)), ("Bad", (1,))]
