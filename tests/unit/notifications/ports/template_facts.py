"""What mails in words from a template are written from: tasks, entries, placements, passages; mails that gather."""

import datetime as dt

from services.notifications.domain.mail import because
from services.notifications.domain.template_mails.records import FormEntry, Owed, Passage, Placement
from services.notifications.ports.stores import Stores
from tests.fakes import START
from tests.unit.notifications import exchange
from tests.unit.notifications.ports.mails import LATER, claimed, mail, now

TUESDAY = dt.date(2027, 3, 2)


def task(number: int, **changes: object) -> Owed:
    return Owed.model_validate({**exchange.task_facts(task_id=f"tsk-{number}", version=1), **changes})


def entry(number: int, **changes: object) -> FormEntry:
    facts = exchange.entry_facts(entry_id=f"ent-{number}")
    return FormEntry.model_validate({**facts, "state": "submitted", "answers": {"topic": ("a", "b")}, **changes})


class TemplateFactsContract:
    async def test_the_newest_version_of_a_task_stays(self, stores: Stores):
        done = task(1, version=3, state="done")
        for one in (task(1), done, task(1, version=2)):
            await stores.tasks.put(one)
        assert await stores.tasks.find(["tsk-1", "tsk-2"]) == {"tsk-1": done}

    async def test_people_owe_what_is_open_or_missed_what_is_due_first_at_the_front(self, stores: Stores):
        late, soon = task(1, state="missed"), task(2, due=TUESDAY, person_ids=("per-a", "per-b"))
        for one in (late, soon, task(3, state="done"), task(4, state="excused"), task(5, person_ids=("per-c",))):
            await stores.tasks.put(one.model_copy(update={"person_ids": (*one.person_ids, "per-a")}))
        await stores.tasks.put(task(6, person_ids=("per-c",)))
        owed = await stores.tasks.owed_by(["per-a", "per-b", "per-d"])
        assert [one.task_id for one in owed["per-a"]] == ["tsk-2", "tsk-1", "tsk-5"]
        assert [one.task_id for one in owed["per-b"]] == ["tsk-2"]
        assert owed["per-d"] == ()
        assert await stores.tasks.owed_by([]) == {}

    async def test_entries_come_back_whole_and_are_counted_by_form_and_state(self, stores: Stores):
        agreed = entry(1, version=2, state="agreed")
        for one in (entry(1), agreed, entry(2), entry(3, form="project"), entry(4, programme_id="prg-other")):
            await stores.entries.put(one)
        assert await stores.entries.find(["ent-1", "ent-9"]) == {"ent-1": agreed}
        counts = await stores.entries.counts(exchange.PROGRAMME)
        assert {**counts} == {("findings", "agreed"): 1, ("findings", "submitted"): 1, ("project", "submitted"): 1}

    async def test_the_newest_version_of_a_placement_stays(self, stores: Stores):
        placed = Placement.of_event(exchange.placed())
        newer = placed.model_copy(update={"version": 2, "person_id": "per-next"})
        for one in (newer, placed):
            await stores.placements.put(one)
        assert await stores.placements.find([exchange.MATCH, "mat-9"]) == {exchange.MATCH: newer}

    async def test_a_passage_stands_once_in_a_mail(self, stores: Stores):
        first, other = Passage(mail="list", entry_id="ent-1"), Passage(mail="list", entry_id="ent-2")
        for one in (other, first, first):
            await stores.passages.add("mai-1", one)
        await stores.passages.add("mai-2", first)
        assert await stores.passages.of(["mai-1", "mai-9"]) == {"mai-1": (first, other)}

    async def test_a_mail_takes_in_more_until_a_worker_has_it(self, stores: Stores):
        later = mail().model_copy(update={"try_at": LATER, "follows": ("cor-1",)})
        assert await stores.queue.gather(later, START)
        (other,) = because([mail(template="visit-moved")], "cor-2")
        assert await stores.queue.gather(other, LATER)
        kept = await now(stores)
        assert (kept.state, kept.template, kept.try_at) == ("queued", "visit-invitation", LATER)
        (taken,) = await claimed(stores)
        assert (taken.mail_id, taken.follows) == ("mai-1", ("cor-1", "cor-2"))
        assert not await stores.queue.gather(later, LATER)
        assert (await now(stores)).state == "sending"
