"""Home: what happened since somebody looked, and how far each programme is."""

import datetime as dt

import pytest

from services.portal.domain.happened import Happening, in_order
from services.portal.handlers.projection.happened import HappenedProjection
from shared.events.scheduling import InvitationAnswered
from tests.fakes import FakeWork
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.portal.world import NOW, PROGRAMME, VISIT


def answered(person_id, answer="declined", version=1):
    return InvitationAnswered(
        version=version, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME, person_id=person_id,
        answer=answer, via="page", sequence=0,
    )  # fmt: skip


@pytest.fixture
async def noted(world):
    projection = HappenedProjection(world.stores.models)
    before = FakeWork(now=NOW - dt.timedelta(hours=1))
    declined = [answered("per-a-head"), answered("per-a-head"), answered("per-b-head")]
    for event in (*declined, answered("per-c-head", "accepted")):
        await projection.note(event, before)
    return projection


async def test_what_happened_is_told_by_kind_until_somebody_has_seen_it(world, desk, noted):
    page = await desk.get("/console")
    said = " ".join(read(page).text.split())
    assert "2 people cannot come to a date" in said
    assert "1 person will come to a date" in said
    assert f'href="/console/programmes/{PROGRAMME}/calendar"' in page.text
    page = await press(desk, page, {"do": "seen"})
    assert "Nothing has happened since." in page.text
    world.clock.at += dt.timedelta(minutes=10)
    await noted.note(answered("per-d-head"), FakeWork(now=world.clock.at))
    assert "1 person cannot come to a date" in (await desk.get("/console")).text


async def test_what_was_long_ago_is_not_told(world, desk, noted):
    await noted.note(answered("per-d-head", "tentative"), FakeWork(now=NOW - dt.timedelta(days=8)))
    kept = world.collections.of("happened")
    kept.update({key: {**one, "at": one["at"] - dt.timedelta(days=8)} for key, one in kept.items()})
    assert "Nothing has happened since." in (await desk.get("/console")).text


async def test_facts_name_nobody(world, noted):
    assert "per-a-head" not in repr(world.collections.of("happened"))
    assert noted


async def test_a_card_says_how_far_dates_and_answers_are(world, desk):
    said = " ".join(read(await desk.get("/console")).text.split())
    assert "enrolled 24 matched 4" in said
    assert "dated" in said


def test_order_is_that_of_the_page():
    found = [Happening("prg-1", kind, 1) for kind in ("report", "unheard-of", "enrolled")]
    assert [one.kind for one in in_order(found)] == ["enrolled", "report"]


async def test_home_asks_once_for_all_counts_and_once_a_programme_for_names(world, desk, noted, monkeypatch):
    happened, schools, asked = world.stores.read.happened, world.stores.read.schools, []

    def counted(of, name):
        whole = getattr(of, name)

        async def ask(*given):
            asked.append(name)
            return await whole(*given)

        monkeypatch.setattr(of, name, ask)

    counted(happened, "counts")
    counted(schools, "of_programme")
    said = " ".join(read(await desk.get("/console")).text.split())
    assert "4 schools joined Hollins" in said
    assert "2 reports were made Hollins" in said
    assert sorted(asked) == ["counts", "of_programme"]
