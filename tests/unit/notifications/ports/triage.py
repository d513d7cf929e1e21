"""What came in and waits for a person, and what coordinators have still to be told of it."""

import datetime as dt
from dataclasses import replace

from services.notifications.domain.kept import Concern, KeptMessage
from services.notifications.ports.stores import Stores
from shared.commands.notifications_replies import ListReplies
from tests.fakes import START

LATER = START + dt.timedelta(minutes=1)
ANN = Concern("vis-1", "per-1", "per-1", ("prg-1",), "accepted", "Can I park?")
TODAY = START.date()


def message(key: str, at: dt.datetime = START, concern: Concern = ANN, sender: str = "ann@schools.example"):
    return KeptMessage(key, at, f"why {key}", key.upper(), sender, "waiting", b"x", concern, "cor-1")


async def keys(stores: Stores, **wanted):
    total, found = await stores.triage.page(ListReplies(**wanted))
    return total, [row.key for row in found]


class TriageContract:
    async def test_what_came_in_is_kept_once_and_found_newest_first_by_state_and_visit(self, stores: Stores):
        b = message("b", LATER, Concern())
        for one in (message("a"), b, message("a", LATER), replace(message("c", LATER), state="filed")):
            await stores.triage.keep(one)
        assert await stores.triage.waiting() == [(LATER, "why b", "B"), (START, "why a", "A")]
        both = [replace(b, content=b""), replace(message("a"), content=b"")]
        assert await stores.triage.page(ListReplies()) == (2, both)
        assert await keys(stores, limit=1) == (2, ["b"])
        assert await keys(stores, limit=1, offset=1) == (2, ["a"])
        assert await keys(stores, target_id="vis-1") == (1, ["a"])
        assert await keys(stores, state="filed") == (1, ["c"])

    async def test_what_waits_is_found_by_sender_subject_and_person(self, stores: Stores):
        for one in (message("a"), message("b", concern=Concern(), sender="bo.b@x.example"), message("c", sender="")):
            await stores.triage.keep(one)
        assert await keys(stores, search="BO.B@") == (1, ["b"])
        assert await keys(stores, search="c") == (2, ["c", "a"])
        assert await keys(stores, concerning=("per-1", "sch-1"), limit=1) == (2, ["c"])
        assert await keys(stores, search="bo", concerning=("per-9",)) == (1, ["b"])
        assert await keys(stores, concerning=("per-9",)) == (0, [])

    async def test_what_somebody_has_dealt_with_waits_no_more_and_is_still_there(self, stores: Stores):
        await stores.triage.keep(message("a"))
        for key in ("a", "unknown"):
            await stores.triage.close(key)
        assert await stores.triage.waiting() == []
        assert await stores.triage.one("a") == replace(message("a"), state="done")
        assert await stores.triage.one("unknown") is None
        assert await stores.triage.unannounced(9) == []

    async def test_what_came_from_somebody_or_concerns_them_is_forgotten_with_them(self, stores: Stores):
        for key, sender, concern in (
            ("a", "ann@schools.example", Concern()),
            ("b", "office@schools.example", Concern(person_id="per-1")),
            ("c", "alias@schools.example", Concern(writer_id="per-1")),
            ("d", "", Concern()),
        ):
            await stores.triage.keep(message(key, concern=concern, sender=sender))
        await stores.triage.forget("ANN@schools.example", "per-1")
        await stores.triage.forget("", "per-2")
        assert await keys(stores) == (1, ["d"])

    async def test_what_waits_is_told_once_oldest_first(self, stores: Stores):
        for one in (message("b", LATER), message("a"), replace(message("c"), state="filed")):
            await stores.triage.keep(one)
        assert [row.key for row in await stores.triage.unannounced(1)] == ["a"]
        assert [row.content for row in await stores.triage.unannounced(9)] == [b"", b""]
        await stores.triage.announced("a", TODAY)
        assert [row.key for row in await stores.triage.unannounced(9)] == ["b"]
        await stores.triage.announced("b", None)
        assert await stores.triage.unannounced(9) == []
        found = [await stores.triage.forwarded("prg-1", TODAY), await stores.triage.forwarded("prg-2", TODAY)]
        assert [*found, await stores.triage.forwarded("prg-1", TODAY + dt.timedelta(days=1))] == [1, 0, 0]
        await stores.triage.keep(message("a"))
        assert await stores.triage.unannounced(9) == []

    async def test_what_waits_of_some_programmes_is_counted_whole_and_shown_in_part(self, stores: Stores):
        two = replace(ANN, programme_ids=("prg-1", "prg-2"))
        for key, concern in (("a", ANN), ("b", two), ("c", replace(ANN, programme_ids=("prg-3",))), ("d", Concern())):
            await stores.triage.keep(message(key, concern=concern))
        await stores.triage.keep(replace(message("e"), state="filed"))

        async def keys(*programmes: str, unplaced: bool = False, limit: int = 9) -> tuple[int, list[str]]:
            found = await stores.triage.waiting_for(programmes, limit, unplaced=unplaced)
            return found.total, [row.key for row in found.messages]

        assert await keys("prg-1") == (2, ["b", "a"])
        assert await keys("prg-2", unplaced=True) == (2, ["d", "b"])
        assert await keys("prg-1", limit=1) == (2, ["b"])
        assert await keys() == (0, [])
