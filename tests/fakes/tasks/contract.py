"""The contract of the stores of tasks, which MongoDB keeps (tests/integration/tasks) and memory does."""

import datetime as dt

from services.tasks.domain.records import Answer, Entry, Line, Moment, Programme, StandIn, Step, TaskRecord, Thing
from services.tasks.ports.tasks import Wish
from tests.unit.tasks import world

OTHERS = StandIn(whose="per-3", by="per-4")
FIRST, SECOND = dt.date(2026, 9, 7), dt.date(2026, 9, 14)


def programme(version=1):
    return Programme.model_validate(world.opened(world.task(), version=version).model_dump())


def thing(number, kind="school", programme_id="prg-1", **changes):
    key = f"{programme_id}|{kind}|{kind}-{number}"
    ids = {"programme_id": programme_id, "kind": kind, "about_id": f"{kind}-{number}"}
    return Thing(thing_id=key, **{**ids, **changes})


def entry(number, **changes):
    given = {
        "entry_id": f"ent-{number}", "programme_id": "prg-1", "form": "note", "about": "school", "about_id": "school-1",
        "thing_id": "prg-1|school|school-1", "school_id": "school-1",
        "steps": {"changes-asked": Step(version=2, on=SECOND, by="per-1")}, "answers": {"status": ("a", "b")},
    }  # fmt: skip
    return Entry(**{**given, **changes})


def task(number, **changes):
    given = {
        "task_id": f"tsk-{number}", "programme_id": "prg-1", "thing_id": "thing-1", "task": "note", "do": "form",
        "of": "note", "person_ids": (f"per-{number}",), "about": "school", "about_id": "school-1",
        "school_id": "school-1", "opened": FIRST, "due": SECOND, "reminders": (SECOND,), "state": "open",
        "next_on": SECOND, "version": 1,
    }  # fmt: skip
    return TaskRecord(**{**given, **changes})


class StoresContract:
    """A subclass has the fixture `stores`: all stores, empty."""

    async def test_a_programme_comes_back_as_its_newest_version(self, stores):
        assert await stores.programmes.get("prg-1") is None
        await stores.programmes.put(programme())
        assert await stores.programmes.get("prg-1") == programme()
        await stores.programmes.put(programme(version=2))
        assert (await stores.programmes.get("prg-1")).version == 2

    async def test_moments_that_came_are_known_by_anchor_and_state(self, stores):
        for on in (FIRST, SECOND):
            await stores.moments.put(Moment(programme_id="prg-1", anchor="season", state="opens", on=on))
        await stores.moments.put(Moment(programme_id="prg-1", anchor="start", on=FIRST))
        await stores.moments.put(Moment(programme_id="prg-2", anchor="start", on=SECOND))
        assert await stores.moments.of("prg-1") == {("season", "opens"): SECOND, ("start", ""): FIRST}
        assert await stores.moments.of("prg-3") == {}

    async def test_things_come_back_and_are_found_by_their_schools(self, stores):
        school = thing(1, school_id="school-1", since={"per-1": FIRST}, versions={"mem-1": 2})
        visit = thing(2, "visit", host_school_id="school-2", guest_school_ids=("school-1",))
        elsewhere = thing(1, programme_id="prg-2", school_id="school-1")
        for one in (visit, school, elsewhere, thing(3, school_id="school-3")):
            await stores.things.put(one)
        assert await stores.things.get(school.thing_id) == school
        assert await stores.things.get("nothing") is None
        keys = [visit.thing_id, school.thing_id, "nothing"]
        assert await stores.things.of(keys) == {school.thing_id: school, visit.thing_id: visit}
        assert await stores.around.of_schools("prg-1", ["school-1"]) == [school.thing_id, visit.thing_id]
        assert await stores.around.of_school_everywhere("school-1") == [school, elsewhere]

    async def test_a_thing_takes_the_place_of_an_older_one_and_may_be_claimed(self, stores):
        await stores.things.put(thing(1, school_id="school-1", since={"per-1": FIRST}))
        newer = thing(1, school_id="school-2")
        await stores.things.put(newer)
        await stores.things.claim([newer.thing_id, "nothing"])
        assert await stores.things.of([newer.thing_id, "nothing"]) == {newer.thing_id: newer}
        assert await stores.around.of_schools("prg-1", ["school-1"]) == []

    async def test_a_programmes_things_are_gone_through_in_order(self, stores):
        things = [thing(number) for number in (1, 2, 3)]
        for one in (*reversed(things), thing(4, programme_id="prg-2")):
            await stores.things.put(one)
        keys = [one.thing_id for one in things]
        assert list(await stores.around.after("prg-1", "", 2)) == keys[:2]
        assert list(await stores.around.after("prg-1", keys[1], 2)) == keys[2:]

    async def test_entries_are_found_by_what_they_are_about(self, stores):
        lines = (Line(line_id="line-1", due=SECOND, owner_id="per-2"), Line(line_id="line-2"))
        note, about_it = entry(1, lines=lines), entry(2, form="reply", about="note", about_id="ent-1")
        nobodys = entry(3, form="survey", about="programme", about_id="prg-1", school_id=None, thing_id="prg-1|p|p")
        for one in (nobodys, about_it, note, entry(4, programme_id="prg-2", thing_id="other", about_id="x")):
            await stores.entries.put(one)
        assert await stores.entries.get("ent-1") == note
        assert await stores.entries.get("ent-9") is None
        assert await stores.entries.with_line("line-2") == note
        assert await stores.entries.with_line("line-3") is None
        assert await stores.about.of_things([note.thing_id]) == [note, about_it]
        assert await stores.about.about("prg-1", ["ent-1", "prg-1", "x"]) == [about_it, nobodys]
        assert await stores.about.of_forms("prg-1", ["note", "survey"], [None, "school-1"]) == [note, nobodys]
        assert await stores.about.of_forms("prg-1", ["note"], ["school-2"]) == []

    async def test_the_last_answer_to_a_target_counts(self, stores):
        first = Answer(target_id="vis-1", person_id="per-1", on=FIRST, version=1)
        last = first.model_copy(update={"sequence": 2, "version": 2})
        other = first.model_copy(update={"person_id": "per-2"})
        for one in (first, last, other, first.model_copy(update={"target_id": "vis-2"})):
            await stores.answers.put(one)
        assert await stores.answers.get("vis-1", "per-1") == last
        assert await stores.answers.get("vis-1", "per-9") is None
        assert await stores.answers.of(["vis-1"]) == {("vis-1", "per-1"): last, ("vis-1", "per-2"): other}

    async def test_tasks_come_back_by_thing_key_and_what_they_are_about(self, stores):
        note, other = task(1), task(2, task="other", thing_id="thing-2")
        await stores.tasks.put([other, note, task(3, thing_id="thing-3", about_id="school-3")])
        await stores.tasks.put([])
        assert await stores.tasks.get("tsk-1") == note
        assert await stores.tasks.get("tsk-9") is None
        assert await stores.tasks.of_things(["thing-1", "thing-2"]) == [note, other]
        assert await stores.tasks.of_things(["thing-1", "thing-2"], {"other"}) == [other]
        assert await stores.tasks.things_about("school-1") == ["thing-1", "thing-2"]
        await stores.tasks.drop(["tsk-1", "tsk-9"])
        assert await stores.tasks.get("tsk-1") is None

    async def test_what_waits_for_a_morning_comes_the_earliest_first(self, stores):
        early, late = task(2, next_on=FIRST), task(1)
        await stores.tasks.put([late, early, task(3, next_on=None), task(4, programme_id="prg-2", next_on=FIRST)])
        assert await stores.tasks.due("prg-1", FIRST, 10) == [early]
        assert await stores.tasks.due("prg-1", SECOND, 10) == [early, late]
        assert await stores.tasks.due("prg-1", SECOND, 1) == [early]

    async def test_tasks_are_searched_by_all_that_is_given(self, stores):
        done = task(1, state="done", due=SECOND)
        both = task(2, person_ids=("per-1", "per-2"), due=FIRST)
        last = task(3, task="other", school_id=None, due=dt.date(2026, 10, 1), state="missed")
        await stores.tasks.put([last, both, done])
        assert await stores.search.search(Wish(), 10, 0) == (3, 2, [both, done, last])
        assert await stores.search.search(Wish(programme_id="prg-1"), 1, 1) == (3, 2, [done])
        assert await stores.search.search(Wish(person_id="per-1"), 10, 0) == (2, 1, [both, done])
        assert await stores.search.search(Wish(school_id="school-1", state="open"), 10, 0) == (1, 1, [both])
        assert await stores.search.search(Wish(task="other"), 10, 0) == (1, 1, [last])
        assert await stores.search.search(Wish(named="tsk-3"), 10, 0) == (1, 1, [last])
        assert await stores.search.search(Wish(named="sk-3"), 10, 0) == (0, 0, [])
        assert await stores.search.search(Wish(concerning=("per-2", "school-9")), 10, 0) == (1, 1, [both])
        assert await stores.search.search(Wish(concerning=("school-1",), state="done"), 10, 0) == (1, 0, [done])

    async def test_a_morning_is_claimed_once_until_it_is_over(self, stores):
        assert await stores.mornings.claim("prg-1", {SECOND, FIRST}) == [FIRST, SECOND]
        assert await stores.mornings.claim("prg-1", {FIRST}) == []
        assert await stores.mornings.claim("prg-2", {FIRST}) == [FIRST]
        await stores.mornings.over("prg-1", FIRST)
        assert await stores.mornings.claim("prg-1", {SECOND, FIRST}) == [FIRST]
        assert await stores.mornings.claim("prg-2", {FIRST}) == []

    async def test_an_erased_person_is_nowhere(self, stores):
        lines = (Line(line_id="line-1", owner_id="per-1"), Line(line_id="line-2", owner_id="per-2"))
        steps = {"submitted": Step(version=1, on=FIRST, by="per-1"), "agreed": Step(version=2, on=FIRST, by="per-2")}
        visit = thing(
            1, "visit", facilitator_id="per-1", attendee_ids=("per-1", "per-2"), present_ids=("per-1",),
            since={"per-1": FIRST, "per-2": FIRST},
            stand_ins=(StandIn(whose="per-1", by="per-2"), StandIn(whose="per-3", by="per-1"), OTHERS),
        )  # fmt: skip
        await stores.things.put(visit)
        said = {"per-1": 2, "per-2": 3}
        await stores.entries.put(entry(1, author_ids=("per-1", "per-2"), steps=steps, lines=lines, agreements=said))
        await stores.tasks.put([task(1), task(2, person_ids=("per-1", "per-2"), done_by="per-1"), task(3)])
        for person in ("per-1", "per-2"):
            await stores.answers.put(Answer(target_id="visit-1", person_id=person, on=FIRST, version=1))
        await stores.erasure.forget("per-1")
        left = await stores.things.get(visit.thing_id)
        assert (left.facilitator_id, left.attendee_ids, left.present_ids) == (None, ("per-2",), ())
        assert left.since == {"per-2": FIRST}
        assert left.stand_ins == (OTHERS,)
        kept = await stores.entries.get("ent-1")
        assert (kept.author_ids, [line.owner_id for line in kept.lines]) == (("per-2",), [None, "per-2"])
        assert kept.agreements == {"per-2": 3}
        assert {state: step.by for state, step in kept.steps.items()} == {"submitted": "", "agreed": "per-2"}
        assert await stores.tasks.get("tsk-1") is None
        together = await stores.tasks.get("tsk-2")
        assert (together.person_ids, together.done_by) == (("per-2",), "")
        assert await stores.tasks.get("tsk-3") == task(3)
        assert list(await stores.answers.of(["visit-1"])) == [("visit-1", "per-2")]
