"""What the port of imports promises, for the store in memory and the one on MongoDB."""

import datetime as dt

import pytest

from services.programmes.domain.imports import ImportJob, ProblemRow, Progress, Superseded, Taken
from services.programmes.domain.records import EnrolmentRecord, HeldRole
from shared.commands.imports import CorrectedRow
from shared.errors import Rejected
from shared.events.base import DateSpan

NOW = dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(seconds=30)


def job(number=1, **changed):
    told = {"import_id": f"imp-{number}", "asked_kind": "register", "upload": "upl-1", "filename": "f.csv"}
    return ImportJob(**(told | {"asked": f"2026-09-07T08:00:0{number}+00:00"} | changed))


def enrolment():
    return EnrolmentRecord(
        enrolment_id="enr-106564", programme_id="prg-1", urn=106564, school_id="sch-106564",
        people=(HeldRole(role="head", person_id="per-1"),), strengths=(), needs=(),
        dates_not_possible=(DateSpan(first=dt.date(2027, 1, 4), last=dt.date(2027, 1, 8)),),
    )  # fmt: skip


def taken(urn, version=1, before=None):
    return Taken(
        enrolment_id=f"enr-{urn}", programme_id="prg-1", school_id=f"sch-{urn}", urn=urn, version=version, before=before
    )


class ImportsContract:
    async def test_an_import_is_kept_as_it_was_asked_for(self, stores):
        await stores.imports.add(job(programme_id="prg-1", actor="coral"))
        assert await stores.imports.get("imp-1") == job(programme_id="prg-1", actor="coral")
        with pytest.raises(Rejected, match=r"^unknown-import: There is no import 'imp-9'\.$"):
            await stores.imports.get("imp-9")

    async def test_the_oldest_comes_first_and_is_nobody_elses_while_the_lease_lasts(self, stores):
        await stores.imports.add(job(2))
        await stores.imports.add(job(1))
        assert await stores.imports.claim("own-a", NOW, LATER) == job(1)
        assert await stores.imports.claim("own-b", NOW, LATER) == job(2)
        assert await stores.imports.claim("own-c", LATER, LATER + dt.timedelta(seconds=30)) is None
        assert await stores.imports.claim("own-c", LATER + dt.timedelta(seconds=1), LATER) == job(1)

    async def test_who_works_on_an_import_gets_it_again(self, stores):
        await stores.imports.add(job())
        await stores.imports.claim("own-a", NOW, LATER)
        assert await stores.imports.claim("own-a", NOW, LATER) == job()

    async def test_what_is_over_is_claimed_by_nobody(self, stores):
        await stores.imports.add(job())
        done = await stores.imports.advance(job(), Progress().finished("All in."), None)
        assert (done.state, done.sentence) == ("done", "All in.")
        assert await stores.imports.get("imp-1") == done
        assert await stores.imports.claim("own-a", NOW, LATER) is None

    async def test_progress_is_kept_and_adds_up(self, stores):
        await stores.imports.add(job())
        first = await stores.imports.advance(job(), Progress(kind="schools", total=5, line=3, rows=2, added=2), LATER)
        second = await stores.imports.advance(first, Progress(line=4, rows=1, rejected=1), LATER)
        assert (second.kind, second.line, second.rows_done, second.added, second.rejected) == ("schools", 4, 3, 2, 1)
        assert await stores.imports.get("imp-1") == second

    async def test_who_was_overtaken_is_told_and_counts_nothing(self, stores):
        await stores.imports.add(job())
        ahead = await stores.imports.advance(job(), Progress(line=3, rows=2, added=2), LATER)
        with pytest.raises(Superseded):
            await stores.imports.advance(job(), Progress(line=3, rows=2, added=2), LATER)
        assert await stores.imports.get("imp-1") == ahead
        with pytest.raises(Superseded):
            await stores.imports.advance(job(2), Progress(line=1, rows=1), LATER)

    async def test_progress_renews_the_lease(self, stores):
        await stores.imports.add(job())
        await stores.imports.claim("own-a", NOW, NOW + dt.timedelta(seconds=1))
        after = await stores.imports.advance(job(), Progress(line=2, rows=1), LATER)
        assert await stores.imports.claim("own-b", NOW + dt.timedelta(seconds=2), LATER) is None
        assert await stores.imports.claim("own-b", LATER + dt.timedelta(seconds=1), LATER) == after

    async def test_rows_to_put_right_come_in_pages_by_line(self, stores):
        await stores.imports.add(job(1))
        await stores.imports.add(job(2))
        rows = [ProblemRow(line=line, reasons=("It is blank.",), cells=("106557", "")) for line in (12, 3, 7)]
        await stores.imports.advance(job(1), Progress(line=12, rows=3, problem_rows=tuple(rows)), LATER)
        other = ProblemRow(line=4, row_kept=True)
        await stores.imports.advance(job(2), Progress(line=4, rows=1, problem_rows=(other,)), LATER)
        assert await stores.imports.problem_rows("imp-1", 0, 2) == (3, [rows[1], rows[2]])
        assert await stores.imports.problem_rows("imp-1", 7, 2) == (3, [rows[0]])
        assert await stores.imports.problem_rows("imp-2", 0, 10) == (1, [other])
        assert await stores.imports.problem_rows("imp-9", 0, 10) == (0, [])

    async def test_the_latest_come_first(self, stores):
        for number in (2, 1, 3):
            await stores.imports.add(job(number))
        assert await stores.imports.latest(2) == [job(3), job(2)]
        assert await stores.imports.latest(9) == [job(3), job(2), job(1)]

    async def test_a_check_and_what_follows_it_are_kept_as_they_were_asked_for(self, stores):
        rows = (CorrectedRow(line=3, cells=("106557", "")),)
        asked = job(check=True, follows="imp-0", rows=rows, accept_unread=True)
        await stores.imports.add(asked)
        assert await stores.imports.get("imp-1") == asked

    async def test_what_an_import_took_in_is_kept_by_urn_with_how_it_was_before(self, stores):
        await stores.imports.add(job(1))
        await stores.imports.add(job(2))
        late, early = taken(106564, before=enrolment()), taken(106557)
        after = await stores.imports.advance(job(1), Progress(line=2, rows=1, taken=(late,)), LATER)
        again = await stores.imports.advance(after, Progress(line=4, rows=2, taken=(early,)), LATER)
        await stores.imports.advance(job(2), Progress(line=2, rows=1, taken=(taken(106557, version=7),)), LATER)
        assert await stores.imports.taken("imp-1") == [early, late]
        await stores.imports.advance(again, Progress(line=5, rows=1, taken=(taken(106557, version=2),)), LATER)
        assert await stores.imports.taken("imp-1") == [taken(106557, version=2), late]
        assert await stores.imports.taken("imp-9") == []

    async def test_an_import_is_taken_back_once(self, stores):
        await stores.imports.add(job(1))
        await stores.imports.add(job(2))
        await stores.imports.undo("imp-1")
        assert [(await stores.imports.get(one)).undone for one in ("imp-1", "imp-2")] == [True, False]
        with pytest.raises(Rejected, match=r"^already-undone: "):
            await stores.imports.undo("imp-1")
