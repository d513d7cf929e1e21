"""Looking through what was released: who sees what, and how it is found."""

import pytest

from services.reporting.domain.entries.listing import Looked, Released, found
from shared.commands.entries_listed import BrowseEntries
from shared.template.answers import Answer
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import at_work

PROJECT = {
    **next(form for form in exchange.FORMS if form["key"] == "project"),
    "rules": [],
    "release": {"to": ["programme.lead", "host.head"]},
}
FORMS = [PROJECT, *(form for form in exchange.FORMS if form["key"] != "project")]


@pytest.fixture
async def office():
    made = await at_work()
    await made.handle(exchange.opened(forms=FORMS).model_copy(update={"version": 2}))
    return made


async def posted(office, school, topic, need, another=""):
    answers: dict[str, Answer] = {"topic": topic, "need": need, "done_by": "2027-05-13", "governors": "yes"}
    entry_id, _ = await office.send("project", school, exchange.person("lead", school), answers, another)
    return entry_id


async def browse(office, person=exchange.OWN_LEAD, **more):
    query = BrowseEntries(person_id=person, programme_id=exchange.PROGRAMME, form="project", **more)
    return await office.find(query)


async def test_a_line_has_what_is_told_and_a_title_and_no_text(office):
    entry_id = await posted(office, exchange.HOST, "reading", "Why do Year 5 pupils fall behind?")
    reply = await browse(office)
    (line,) = reply.entries
    assert (reply.total, line.entry_id, line.title, line.school_id) == (1, entry_id, "Reading", exchange.HOST)
    assert line.answers == {"topic": "reading", "done_by": "2027-05-13", "governors": True}
    assert "fall behind" not in line.model_dump_json()


async def test_it_is_found_by_words_of_it_its_topic_and_its_school(office):
    reading = await posted(office, exchange.HOST, "reading", "Why do Year 5 pupils fall behind?")
    maths = await posted(office, exchange.OWN, "maths", "Mastery in Year 3")
    for text, ids in (("YEAR behind", [reading]), ("maths", [maths]), ("host year", [reading]), ("nothing", [])):
        assert [one.entry_id for one in (await browse(office, text=text)).entries] == ids
    assert [one.entry_id for one in (await browse(office, chosen={"topic": "maths"})).entries] == [maths]


async def test_nearest_schools_first_and_a_page_at_a_time(office):
    host = await posted(office, exchange.HOST, "reading", "One")
    own = [await posted(office, exchange.OWN, "maths", "Two", str(one)) for one in range(3)]
    order = (exchange.OWN, exchange.HOST)
    first = await browse(office, school_ids=order, limit=2)
    last = await browse(office, school_ids=order, limit=2, offset=2)
    assert (first.total, last.total) == (4, 4)
    ids = [one.entry_id for one in (*first.entries, *last.entries)]
    assert set(ids[:3]) == set(own)
    assert ids[3] == host
    assert (await browse(office, school_ids=(exchange.HOST,))).total == 1


async def test_who_was_not_meant_or_has_left_sees_nothing(office):
    await posted(office, exchange.HOST, "reading", "One")
    assert (await browse(office, exchange.VISITOR)).total == 0
    left = exchange.role_left(exchange.OWN_LEAD, "lead", exchange.OWN, exchange.SEPTEMBER)
    await office.handle(left)
    reply = await browse(office)
    assert (reply.total, reply.entries) == (0, ())


async def test_nothing_is_noted_as_read(office):
    await posted(office, exchange.HOST, "reading", "One")
    before = len(office.memory.audit.rows)
    await browse(office)
    assert len(office.memory.audit.rows) == before


def test_answers_in_rows_and_by_name_are_searched_too():
    entry = Released("ent-1", "sch-1", {"steps": [{"text": "Look at books"}], "who": {"name": "Zoë"}})
    assert found([entry], Looked("books zoë")) == ["ent-1"]
    assert found([entry], Looked("books anna")) == []
