"""The contract of what is left of entries when somebody is erased, for the stores of MongoDB and of memory."""

import datetime as dt

import pytest

from services.reporting.domain.entries.erasure import without
from services.reporting.domain.entries.records import (
    AnsweredLine,
    ChangesRequest,
    DraftField,
    EngineProgramme,
    Entry,
    Introduced,
    PlanLine,
    SubmittedVersion,
    Written,
)
from tests.fakes.roster.contract import membership
from tests.unit.reporting.entries import exchange

NOON = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
TEAM = {
    "key": "team", "title": "Your team", "by": ["lead"],
    "fields": [
        {"key": "manager", "kind": "person", "label": "Who leads it?"},
        {"key": "practitioner", "kind": "people", "label": "Who is in it?", "most": 3},
        {"key": "why", "label": "Why?"},
    ],
}  # fmt: skip
OTHERS = (("Otto Oak", "otto@oak.example"), ("Nils Nut", "nils@nut.example"))
UNTAKEN = Written(person_id="per-1", value="y")


def version(entry="ent-1", number=1, person="per-1", text="seen"):
    answers = {"summary": text, "topics": ("a", "b"), "lead": {"name": "Jo"}, "rows": ({"text": "é 🙂"},)}
    return SubmittedVersion(entry_id=entry, number=number, person_id=person, at=NOON, wording=1, answers=answers)


def entry(known_id="ent-1", **changes):
    given = {
        "entry_id": known_id, "programme_id": "prg-1", "form": "findings", "about": "match", "about_id": "mat-1",
        "school_id": "sch-1", "author_ids": ("per-1",), "wording": 1, "changed_at": NOON,
    }  # fmt: skip
    return Entry.model_validate({**given, **changes})


class ErasureContract:
    """A subclass has the fixture `stores`: all stores, empty."""

    async def test_somebody_who_is_erased_leaves_no_trace(self, stores):
        await stores.roster.put_membership(membership(1, "per-1", "practitioner", "sch-1"))
        written = {"summary": DraftField(value="x", person_id="per-1", revision=1)}
        asked = (ChangesRequest(person_id="per-1", at=NOON, number=1, text="More."),)
        alone = entry("ent-1", submitted=version(), draft=written)
        agreed = entry("ent-2", submitted=version("ent-2"), draft=written, agreed_by="per-4", state="agreed")
        read = entry(
            "ent-3", author_ids=("per-2",), reader_ids=("per-1", "per-3"), agreed_by="per-1", changes=asked,
            submitted=version("ent-3", person="per-2"),
        )  # fmt: skip
        for one in (alone, agreed, read):
            await stores.entries.put(one)
        await stores.erasure.forget("per-1")
        assert await stores.entries.get("ent-1") is None
        assert await stores.entries.versions("ent-1") == []
        assert await stores.roster.membership("mem-1") is None
        left = [await stores.entries.get("ent-2"), await stores.entries.get("ent-3")]
        left += [*await stores.entries.versions("ent-2"), *await stores.entries.versions("ent-3")]
        assert not any("per-1" in one.model_dump_json() for one in left)
        assert left[0].submitted.answers == version().answers
        assert left[1].reader_ids == ("per-3",)

    async def test_a_name_and_address_of_their_own_go_and_those_of_others_stay(self, stores):
        contact = {"name": "Ann Lee", "address": "ann@lee.example"}
        own, naming = version().model_copy(update={"answers": {"contact": contact, "seen": "A lot."}}), "ent-2"
        other = own.model_copy(update={"entry_id": naming})
        for key, one in (("ent-1", own), (naming, other)):
            draft = {"contact": DraftField(value=contact, person_id="per-1", revision=1)}
            await stores.entries.put(entry(key, submitted=one, draft=draft, reader_ids=("per-2",)))
        taken = membership(1, "per-9", "practitioner", "sch-1").model_copy(update={"entry_id": naming})
        await stores.roster.put_membership(taken)
        await stores.erasure.forget("per-1")
        first, second = await stores.entries.get("ent-1"), await stores.entries.get(naming)
        assert "Ann Lee" not in "".join(
            one.model_dump_json() for one in (first, *await stores.entries.versions("ent-1"))
        )
        assert first.submitted.answers["seen"] == "A lot."
        assert second.submitted.answers["contact"] == contact

    async def test_whoever_is_erased_leaves_the_questions_in_which_others_have_named_them_for_a_role(self, stores):
        await stores.engine_programmes.put(EngineProgramme.of(exchange.opened(forms=[TEAM])))
        one, other = {"name": "Ann Lee", "address": "ann@lee.example"}, {"name": "Bo Ray", "address": "bo@ray.example"}
        answers = {"manager": other, "practitioner": (one,), "why": "A lot."}
        facts = {"programme_id": exchange.PROGRAMME, "form": "team", "author_ids": ("per-2",)}
        said = version(person="per-2").model_copy(update={"answers": answers})
        draft = {key: DraftField(value=value, person_id="per-2", revision=1) for key, value in answers.items()}
        typed = (Written(person_id="per-4", value=(one, other)),)
        draft["practitioner"] = draft["practitioner"].model_copy(update={"others": typed})
        await stores.entries.put(entry(**facts, number=1, submitted=said, draft=draft))
        for number, person, role in ((1, "per-1", "practitioner"), (2, "per-3", "manager")):
            named = {"programme_id": exchange.PROGRAMME, "entry_id": "ent-1"}
            await stores.roster.put_membership(membership(number, person, role, "sch-1").model_copy(update=named))
        await stores.erasure.forget("per-1")
        left = [await stores.entries.get("ent-1"), *await stores.entries.versions("ent-1")]
        assert len(left) == 2
        assert not any("Ann Lee" in one.model_dump_json() or "ann@" in one.model_dump_json() for one in left)
        assert left[0].submitted == left[1]
        assert left[1].answers == {**answers, "practitioner": ()}
        assert left[0].draft["manager"].value == other
        await stores.erasure.forget("per-3")
        left = [await stores.entries.get("ent-1"), *await stores.entries.versions("ent-1")]
        assert not any("Bo Ray" in one.model_dump_json() for one in left)
        assert left[1].answers["why"] == "A lot."

    async def test_whoever_is_erased_leaves_the_rows_of_a_plan_that_name_them_as_owner_by_address(self, stores):
        row = {"what": "Read", "owner": "Ann Lee", "address": "Ann@Lee.example", "due": "", "success": "", "status": ""}
        other = {**row, "owner": "Bo Ray", "address": "bo@ray.example"}
        line = PlanLine(
            line_id="act-1", field="plan", row=0, what="Read", owner="Ann Lee", address="Ann@Lee.example",
            owner_id="per-1", written={"owner": "Ann Lee", "address": "Ann@Lee.example", "due": "", "status": ""},
        )  # fmt: skip
        said = version(person="per-2").model_copy(update={"answers": {"plan": (row, other)}})
        draft = {"plan": DraftField(value=(row, other), person_id="per-2", revision=1)}
        await stores.entries.put(entry(author_ids=("per-2",), number=1, submitted=said, draft=draft, plan=(line,)))
        await stores.erasure.forget("per-1")
        left = [await stores.entries.get("ent-1"), *await stores.entries.versions("ent-1")]
        assert len(left) == 2
        assert not any("Ann" in one.model_dump_json() for one in left)
        assert left[1].answers["plan"] == ({**row, "owner": "", "address": ""}, other)

    async def test_whoever_is_erased_leaves_every_version_of_an_introduction_and_the_other_stays(self, stores):
        wren = {"name": "Wren Wood", "address": "wren@wood.example"}
        first, second = ({"name": name, "address": address} for name, address in OTHERS)
        versions = [
            version(number=number, person="per-2").model_copy(
                update={"answers": {"one": wren, "two": two, "why": "A."}}
            )
            for number, two in ((1, first), (2, second))
        ]
        people = tuple(
            Introduced(line_id=f"int-{place}", field=field, person_id=person, willing=True, **said)
            for place, (field, person, said) in enumerate((("one", "per-1", wren), ("two", "per-3", second)))
        )
        draft = {"one": DraftField(value=wren, person_id="per-2", revision=2)}
        facts = {"author_ids": ("per-2",), "introduced": people, "introduction": "introduced", "draft": draft}
        await stores.entries.put(entry(**facts, number=1, submitted=versions[0]))
        await stores.entries.put(entry(**facts, number=2, submitted=versions[1], version=2))
        await stores.erasure.forget("per-1")
        left = [await stores.entries.get("ent-1"), *await stores.entries.versions("ent-1")]
        assert len(left) == 3
        assert not any(word in one.model_dump_json() for one in left for word in ("Wren", "wren@", "per-1"))
        assert [one.answers["two"] for one in left[1:]] == [first, second]
        assert [one.person_id for one in left[0].introduced] == ["", "per-3"]

    @pytest.mark.parametrize(
        "named",
        [
            {"author_ids": ("per-2", "per-1")},
            {"reader_ids": ("per-1",)},
            {"agreed_by": "per-1"},
            {"agreements": ("per-3", "per-1")},
            {"silent": ("per-1",)},
            {"draft": {"summary": DraftField(value="x", person_id="per-1", revision=1)}},
            {"draft": {"summary": DraftField(value="x", person_id="per-2", revision=1, others=(UNTAKEN,))}},
            {"plan": (PlanLine(line_id="act-1", field="plan", row=0, what="Read", owner="Jo", owner_id="per-1"),)},
            {
                "introduced": (
                    Introduced(line_id="int-1", field="who", name="Jo Lee", address="jo@s.example", person_id="per-1"),
                ),
                "introduction": "asked",
                "draft": {
                    "who": DraftField(
                        value={"name": "Jo Lee", "address": "jo@s.example"}, person_id="per-2", revision=1
                    )
                },
            },
            {"answered": {"lin-1": AnsweredLine(outcome="sent", person_id="per-1", at=NOON)}},
            {"submitted": version()},
            {"changes": (ChangesRequest(person_id="per-1", at=NOON, number=1, text="More."),)},
        ],
    )
    async def test_somebody_who_is_erased_leaves_every_place_that_names_them(self, stores, named):
        kept = entry(**{"author_ids": ("per-2",), **named})
        other = entry("ent-2", author_ids=("per-2",), draft={}, submitted=version("ent-2", person="per-2"))
        for one in (kept, other):
            await stores.entries.put(one)
        await stores.erasure.forget("per-1")
        left = await stores.entries.get("ent-1")
        assert "per-1" not in left.model_dump_json()
        assert "Jo Lee" not in left.model_dump_json()
        assert left == without(kept, "per-1")
        assert await stores.entries.get("ent-2") == other
