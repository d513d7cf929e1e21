"""The audit log in the console: lines in words, whether it is whole, and as a file, which is a line itself."""

import pytest

from shared.commands.audit import AuditRow, AuditRows, AuditState, ListAudit, VerifyAudit
from shared.events.portal import ListExported
from tests.unit.portal.driver import read
from tests.unit.portal.signing import NADIA
from tests.unit.portal.world import NOW


def line(number, act, **more):
    nothing = {"programme_id": "", "form": "", "entry_id": "", "version": 0, "person_id": "per-a-head"}
    return AuditRow(number=number, at=NOW, act=act, **{**nothing, **more})


LINES = (
    line(4, "exported:list", about="exp-1", hash="=cafe"),
    line(3, "overruled:rule", about="par-1"),
    line(2, "signed-in:authenticator", about="ses-1", person_id="per-gone"),
    line(1, "", form="findings", entry_id="ent-1", version=2),
)


@pytest.fixture
async def desk(world, desk):
    world.state = AuditState(lines=4, hash="cafe")
    world.owners.finds |= {"ListAudit": listed, "VerifyAudit": lambda _query: world.state}
    return desk


def listed(query: ListAudit) -> AuditRows:
    chosen = tuple(one for one in LINES if query.person_id in {"", one.person_id})
    return AuditRows(total=len(chosen), lines=chosen[query.offset : query.offset + query.limit])


def words(page):
    return " ".join(read(page).text.split())


async def test_lines_are_shown_in_words_with_who(world, desk):
    shown = words(await desk.get("/console/audit"))
    assert "Amara Osei Took away a file: a list of the console" in shown
    assert "Amara Osei Decided or overruled: an exception from a rule" in shown
    assert "per-gone Signed in: authenticator" in shown
    assert "Amara Osei Read : findings , version 2".replace(" ,", ",").replace(" :", ":") in shown.replace(" ,", ",")
    assert not [one for one in world.owners.found if isinstance(one, VerifyAudit)]


async def test_lines_of_one_person(desk):
    shown = words(await desk.get("/console/audit?person=per-gone"))
    assert ("per-gone Signed in" in shown, "Amara" in shown, "Only of one person" in shown) == (True, False, True)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (AuditState(lines=4, hash="cafe"), "4 lines, whole. Note the last hash elsewhere and compare it later: cafe"),
        (AuditState(lines=1, hash="cafe", broken_at=2), "The log is broken at line 2"),
        (AuditState(lines=2, hash="cafe", broken_at=3, cut=2), "2 lines are missing at its end."),
    ],
)
async def test_whether_it_is_whole_is_said_when_asked(world, desk, state, said):
    world.state = state
    assert said in words(await desk.get("/console/audit?check=yes"))


async def test_the_log_as_a_file_is_noted_in_the_log(world, desk):
    file = await desk.get("/console/export/audit.csv?person=per-a-head")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Line,When,Who,What,Form or report,Version,Of which,Hash"
    assert lines[1].endswith(",Took away a file: a list of the console,,,exp-1,'=cafe")
    assert len(lines) == 4
    (told,) = world.of(ListExported)
    assert (told.person_id, told.what, told.programme_id) == (NADIA, "audit", "")


async def test_every_list_that_is_taken_away_is_noted(world, desk):
    await desk.get("/console/export/mails.csv?programme=prg-1")
    assert [(one.what, one.programme_id) for one in world.of(ListExported)] == [("mails", "prg-1")]
    await desk.get("/console/export/nothing.csv")
    assert len(world.of(ListExported)) == 1
