"""The contract of the stores of entries, which MongoDB keeps (tests/integration/reporting) and memory does."""

import datetime as dt
from typing import Any

import pytest

from services.reporting.domain.audit import Thing, broken_at, read_line
from services.reporting.domain.counting.sheets import Cell, Counted, Sheet, Tally
from services.reporting.domain.entries.records import (
    AnsweredLine,
    ChangesRequest,
    DraftField,
    EngineProgramme,
    PlanLine,
    Written,
)
from services.reporting.domain.entries.searching import Wanted, WantedActions
from services.reporting.domain.entries.subjects import Pair, Placement
from services.reporting.ports.audit import Wanted as AuditWanted
from shared.mongo import DuplicateKey
from tests.fakes.reporting.erasure_contract import NOON, ErasureContract, entry, version
from tests.unit.reporting.entries import exchange


def thing(known_id="ent-1"):
    return Thing("prg-1", "findings", known_id, 1)


class EntriesContract(ErasureContract):
    """A subclass has the fixture `stores`: all stores, empty."""

    async def test_programmes_and_placements_come_back_as_they_were(self, stores):
        programme = EngineProgramme.of(exchange.opened())
        await stores.engine_programmes.put(programme)
        assert await stores.engine_programmes.get(programme.programme_id) == programme
        assert await stores.engine_programmes.get("prg-2") is None
        stands, ended = Placement.of(exchange.placed()), Placement.of(exchange.placement_ended("mat-9"))
        for one in (stands, ended):
            await stores.placements.put(one)
        assert await stores.placements.get("mat-9") == ended
        assert await stores.placements.of_people(stands.programme_id, [stands.person_id]) == [stands]
        assert await stores.placements.of_people("prg-2", [stands.person_id]) == []
        assert await stores.placements.at_school(stands.programme_id, stands.host_school_id) == [stands]
        assert await stores.placements.at_school(stands.programme_id, stands.school_id) == []

    async def test_a_pair_comes_back_as_it_was_put_last(self, stores):
        ids: dict[str, Any] = {
            "pair_id": "par-1",
            "round_id": "rnd-1",
            "programme_id": "prg-1",
            "round": "walk",
            "run": 1,
            "version": 1,
        }
        stands = Pair(**ids, person_ids=("per-1", "per-2"), school_ids=("sch-1", "sch-2"))
        ended = stands.model_copy(update={"ended": True, "version": 2})
        assert await stores.pairs.get("par-1") is None
        for one in (stands, ended):
            await stores.pairs.put(one)
            assert await stores.pairs.get("par-1") == one
            assert await stores.pairs.of_person("prg-1", "per-2") == ([] if one.ended else [one])
        assert await stores.pairs.of_person("prg-2", "per-2") == []

    async def test_what_was_released_is_found_by_its_readers(self, stores):
        later = NOON + dt.timedelta(hours=1)
        for known_id, readers, when in (("ent-1", ("per-7",), NOON), ("ent-2", ("per-7", "per-8"), later)):
            kept = entry(known_id, state="released", reader_ids=readers, changed_at=when, submitted=version(known_id))
            await stores.entries.put(kept)
        await stores.entries.put(entry("ent-3", state="agreed", reader_ids=("per-7",), submitted=version("ent-3")))
        found = await stores.entries.released_to("per-7", "prg-1", "findings")
        assert [(one.entry_id, one.school_id) for one in found] == [("ent-2", "sch-1"), ("ent-1", "sch-1")]
        assert found[0].answers["summary"] == "seen"
        assert await stores.entries.released_to("per-9", "prg-1", "findings") == []
        assert await stores.entries.released_to("per-7", "prg-1", "other") == []
        ids = [one.entry_id for one in await stores.entries.find(["ent-3", "ent-x", "ent-1"])]
        assert ids == ["ent-3", "ent-1"]

    async def test_an_entry_comes_back_as_it_was(self, stores):
        others = (Written(person_id="per-2", value=({"text": "row"},)),)
        draft = {
            "summary": DraftField(value="\x0b typed", person_id="per-1", revision=3, others=others),
            "topics": DraftField(value=("a",), person_id="per-1", revision=1),
            "lead": DraftField(value={"name": "Jo"}, person_id="per-1", revision=1),
            "none": DraftField(value=(), person_id="per-1", revision=2),
        }
        changes = (ChangesRequest(person_id="per-3", at=NOON, number=1, text="More."),)
        full = entry(draft=draft, revision=3, submitted=version(), changes=changes, state="changes-asked")
        await stores.entries.put(full)
        assert await stores.entries.get("ent-1") == full
        assert await stores.entries.get("ent-2") is None

    async def test_every_submitted_version_stays(self, stores):
        await stores.entries.put(entry(submitted=version()))
        await stores.entries.put(entry(submitted=version(text="another text under the same number")))
        await stores.entries.put(entry(submitted=version(number=2, text="more")))
        await stores.entries.put(entry("ent-2", submitted=version("ent-2")))
        assert await stores.entries.versions("ent-1") == [version(), version(number=2, text="more")]
        assert await stores.entries.versions("ent-3") == []

    async def test_finds_entries_the_latest_change_first(self, stores):
        old = entry("ent-a", changed_at=NOON - dt.timedelta(days=1))
        new = entry("ent-b", author_ids=("per-1", "per-2"), state="agreed")
        far = entry("ent-c", programme_id="prg-2", form="other", about_id="mat-2", school_id="sch-2")
        for one in (old, new, far):
            await stores.entries.put(one)

        async def found(**wanted):
            return await stores.entries.search(Wanted(**wanted), limit=10)

        assert await found() == (3, [new, far, old])
        assert await found(programme_id="prg-1", form="findings", about_id="mat-1", school_id="sch-1") == (
            2,
            [new, old],
        )
        assert await found(author_id="per-2") == (1, [new])
        assert await found(states=("draft", "submitted"), programme_id="prg-1") == (1, [old])
        assert await found(named="ent-c") == (1, [far])
        assert await stores.entries.search(Wanted(), limit=1, offset=1) == (3, [far])

    async def test_placements_are_found_by_whose_they_are_and_were(self, stores):
        first = Placement.of(exchange.placed())
        gone_on = Placement.of(exchange.placed(version=2, person_id="per-next"), first, NOON.date())
        other = Placement.of(exchange.placed("mat-2", person_id="per-next"))
        for one in (first, gone_on, other):
            await stores.placements.put(one)
        assert await stores.placements.of_person(exchange.PROGRAMME, exchange.VISITOR) == [gone_on]
        assert await stores.placements.of_person(exchange.PROGRAMME, "per-next") == [gone_on, other]
        assert await stores.placements.of_programme(exchange.PROGRAMME) == [gone_on, other]
        assert await stores.placements.of_programme("prg-9") == []
        assert gone_on.left_on(exchange.VISITOR) == NOON.date()

    async def test_an_entry_is_found_by_a_line_of_its_plan_and_by_what_several_are_about(self, stores):
        line = PlanLine(line_id="act-1", field="plan", row=0, what="Read", due=NOON.date(), owner_id="per-1")
        answered = {"lin-1": AnsweredLine(outcome="sent", because="by link", person_id="per-2", at=NOON)}
        planned = entry("ent-1", plan=(line,), answered=answered)
        other = entry("ent-2", about_id="mat-2")
        for one in (planned, other):
            await stores.entries.put(one)
        assert await stores.entries.with_line("act-1") == planned
        assert await stores.entries.with_line("act-9") is None
        assert await stores.entries.search(Wanted(about_ids=("mat-2", "mat-9")), limit=9) == (1, [other])

    async def test_action_plans_that_count_are_found_by_whom_they_concern(self, stores):
        line = PlanLine(line_id="act-1", field="plan", row=0, what="Read", owner_id="per-9")
        theirs = entry("ent-a", plan=(line,), state="released", reader_ids=("per-8",), author_ids=("per-1",))
        draft = entry("ent-b", plan=(line,), state="submitted")
        plain = entry("ent-c", state="agreed")
        far = entry("ent-d", programme_id="prg-2", plan=(line,), state="agreed", agreed_by="per-7", author_ids=())
        for one in (far, plain, draft, theirs):
            await stores.entries.put(one)
        assert await stores.entries.planned("") == [theirs, far]
        assert await stores.entries.planned("prg-1") == [theirs]
        for person, found in {"per-1": [theirs], "per-7": [far], "per-8": [theirs], "per-9": [theirs, far]}.items():
            assert await stores.entries.planned("", person) == found, person
        assert await stores.entries.planned("prg-2", "per-8") == []

    async def test_a_page_of_actions_is_found_by_how_they_stand_and_whom_they_concern(self, stores):
        today = dt.date(2027, 1, 10)
        days = {"a": -1, "b": 0, "c": 28, "d": 29, "e": -9, "f": -8, "g": None, "h": 5}
        states = {"e": "done", "f": "dropped", "h": "under-way", "a": "something else"}
        lines = {
            key: PlanLine(
                line_id=f"act-{key}", field="plan", row=0, what="Read", status=states.get(key, ""),
                owner_id=f"per-{key}", school_id=f"sch-{key}",
                due=None if ahead is None else today + dt.timedelta(days=ahead),
            )
            for key, ahead in days.items()
        }  # fmt: skip
        first = entry("ent-1", plan=tuple(lines[key] for key in "hgfedc"), state="agreed")
        second = entry("ent-2", plan=(lines["a"], lines["b"]), state="released", form="other")
        draft = entry("ent-3", plan=(lines["a"],), state="submitted")
        other = PlanLine(line_id="far", field="plan", row=0, what="x")
        far = entry("ent-4", programme_id="prg-9", plan=(other,), state="agreed")
        for one in (first, second, draft, far):
            await stores.entries.put(one)

        async def found(limit=9, offset=0, **wanted):
            asked = WantedActions(**{"today": today, "programme_id": "prg-1", **wanted})
            page = await stores.entries.actions(asked, limit=limit, offset=offset)
            return dict(page.by_rating), "".join(line[-1] for _, line in page.lines)

        stand = {"off-track": 1, "at-risk": 3, "complete": 1, "dropped": 1, "on-track": 2}
        assert await found() == (stand, "efabhcdg")
        assert await found(limit=3, offset=2) == (stand, "abh")
        assert await found(rating="at-risk") == (stand, "bcg")
        assert await found(rating="at-risk", limit=1, offset=1) == (stand, "c")
        assert await found(form="other") == ({"off-track": 1, "at-risk": 1}, "ab")
        assert await found(school_id="sch-h") == ({"on-track": 1}, "h")
        assert await found(owner_id="per-e") == ({"complete": 1}, "e")
        assert await found(concerning=("per-d", "sch-a")) == ({"off-track": 1, "on-track": 1}, "ad")
        assert await found(named="act-f") == ({"dropped": 1}, "f")
        assert await found(programme_id="") == ({**stand, "at-risk": 4}, "efabhcdgr")
        assert await found(programme_id="prg-0") == ({}, "")

    async def test_the_audit_log_only_grows(self, stores):
        first = read_line(None, "per-1", thing(), NOON + dt.timedelta(microseconds=123_456))
        second = read_line(first, "per-2", thing("ent-2"), NOON)
        assert await stores.audit.last() is None
        for line in (first, second):
            await stores.audit.append(line)
        with pytest.raises(DuplicateKey):
            await stores.audit.append(read_line(first, "per-3", thing(), NOON))
        assert await stores.audit.last() == second
        assert await stores.audit.after(0, 10) == [first, second]
        assert await stores.audit.after(1, 10) == [second]
        assert await stores.audit.search(AuditWanted(), limit=1, offset=0) == (2, [second])
        mine = AuditWanted(entry_id="ent-1", person_id="per-1")
        assert await stores.audit.search(mine, limit=9, offset=0) == (1, [first])
        theirs = AuditWanted(concerning=("per-9", first.person_id))
        assert first in (await stores.audit.search(theirs, limit=9, offset=0))[1]
        assert await stores.audit.search(AuditWanted(concerning=("per-9",)), limit=9, offset=0) == (0, [])
        assert await stores.audit.search(AuditWanted(kind="read"), limit=9, offset=0) == (2, [second, first])
        assert await stores.audit.search(AuditWanted(kind="rea"), limit=9, offset=0) == (0, [])
        assert broken_at(await stores.audit.after(0, 10)) is None

    async def test_sheets_come_back_as_they_were_by_form_and_thing(self, stores):
        asked = {"mood": Counted(answered=2, chosen={"good": 2}), "how:vision": Counted(answered=1, texts=("é 🙂",))}
        facts = {"programme_id": "prg-1", "form": "pulse", "about": "school", "mark": "m", "least": 3}
        tallies = {"": Tally(people=2, questions=asked)}
        first = Sheet(sheet_id="sht-2", about_id="sch-1", begun=NOON.date(), tallies=tallies, **facts)
        cells = (Cell(groups=("",), tally=tallies[""]),)
        later = Sheet(
            sheet_id="sht-1", about_id="sch-2", begun=NOON.date() + dt.timedelta(days=1), shown=cells, **facts
        )
        other = first.model_copy(update={"sheet_id": "sht-3", "form": "other"})
        for one in (later, other, first):
            await stores.sheets.put(one)
        assert await stores.sheets.get("sht-2") == first
        assert await stores.sheets.get("sht-9") is None
        assert await stores.sheets.of_form("prg-1", "pulse") == [first, later]
        assert await stores.sheets.of_form("prg-1", "pulse", ["sch-2", "sch-9"]) == [later]
        assert await stores.sheets.of_form("prg-1", "pulse", []) == []
