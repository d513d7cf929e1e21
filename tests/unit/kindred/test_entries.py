"""`kindred forms` and `kindred entries`: what is asked, and what was filled in, shown to who may see it."""

import datetime as dt
import json
from typing import Any

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.audit import AuditRow, AuditRows, AuditState, ListAudit, VerifyAudit
from shared.commands.entries_listed import ListOpenForms, OpenForm, OpenForms
from shared.commands.forms import (
    ChangesWanted,
    EntryHistory,
    EntryRow,
    EntryRows,
    EntryShown,
    History,
    ListEntries,
    ProgrammeForms,
    ShowEntry,
    ShowForms,
    VersionRow,
)
from shared.errors import Rejected
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, cells, run
from tests.unit.reporting.entries import exchange

NOON = dt.datetime(2026, 10, 1, 11, tzinfo=dt.UTC)
ROW = EntryRow(
    entry_id="ent-abcdef0123456", programme_id="prg-1", form="findings", about="match", about_id="mat-1",
    author_ids=("per-1",), state="submitted", number=2, changes=1, coordinator_asked=True, changed_at=NOON,
)  # fmt: skip
TEMPLATE = exchange.template()
FORMS = ProgrammeForms(
    programme_id="prg-1", name="Exchange", template=TEMPLATE.key, wording=3, forms=TEMPLATE.forms,
    options={"plan.help": {"yes": "Yes", "no": "No"}},
)  # fmt: skip
SHOWN = EntryShown(
    entry_id=ROW.entry_id, programme_id="prg-1", programme="Exchange", form=TEMPLATE.form("findings"), about="match",
    about_id="mat-1", title="Host School", state="submitted", number=2,
    answers={"summary": "[bold]Well.", "found": ({"title": "Books", "detail": "", "evidence": "Six"},)},
)  # fmt: skip
HISTORY = History(
    entry_id=ROW.entry_id, form="findings",
    versions=(VersionRow(number=1, person_id="per-1", at=NOON, wording=3, changed=("summary", "found")),),
    changes=(ChangesWanted(person_id="per-2", at=NOON, number=1, text="How many lessons?"),),
    before={"summary": "Good."}, after={"summary": "Well."},
)  # fmt: skip

OPEN = OpenForms(
    forms=(
        OpenForm(
            form="wish", title="What you want to see", about_id="vis-1", about="Host School", act="fill",
            on=dt.date(2026, 10, 8),
        ),
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def client():
    people = queries.NamedPeople(people=(queries.NamedPerson(person_id="per-1", name="Amara Osei", schools=()),))
    rows = EntryRows(total=1, entries=(ROW,))
    answers: dict[Any, Any] = {
        queries.ListProgrammes: ONE,
        queries.NamePeople: people,
        ListEntries: rows,
        ShowForms: FORMS,
    }
    return FakeClient({**answers, ShowEntry: SHOWN, EntryHistory: HISTORY, ListOpenForms: OPEN})


def test_what_is_open_to_somebody_is_listed_with_its_day(capsys):
    asked = client()
    assert run(asked, "entries", "open", "per-1") == 0
    assert cells(capsys.readouterr().out)[-1] == [
        "fill",
        "What you want to see",
        "Host School",
        "Thursday 8 October 2026",
        "vis-1",
    ]


def test_forms_are_listed_with_who_fills_them_in_and_who_reads(capsys):
    assert run(client(), "forms", "list") == 0
    rows = {row[0]: row[1:] for row in cells(capsys.readouterr().out)}
    assert rows["findings"] == [
        "Findings", "practitioner", "match", "3", "host.lead",
        "to host.head, host.lead, host.governor sometimes by host.head",
    ]  # fmt: skip
    assert rows["plan"][:3] == ["School plan", "together: head, lead", "school"]


def test_the_questions_of_a_form_are_shown(capsys):
    assert run(client(), "forms", "show", "plan") == 0
    rows = cells(capsys.readouterr().out)
    assert rows[2] == ["help", "Do you need help?", "yes-no", "yes", "Yes, No", "", "no"]
    assert rows[3][5] == "help is yes"


def test_an_unknown_form_is_named_with_those_that_there_are(capsys):
    assert run(client(), "forms", "show", "gossip") == 2
    assert "this programme's forms are: project, nomination" in " ".join(capsys.readouterr().err.split())


def test_entries_are_listed_without_answers(capsys):
    asked = client()
    assert run(asked, "entries", "list", "--form", "findings", "--state", "submitted", "--author", "per-1") == 0
    query = ListEntries(programme_id="prg-1", form="findings", state="submitted", author_id="per-1", limit=100)
    assert query in asked.asked
    (row,) = cells(capsys.readouterr().out)
    assert row[:6] == ["findings", "match mat-1", "submitted, coordinator asked", "2", "1", "Amara Osei"]


def test_a_state_that_there_is_not_is_refused(capsys):
    assert run(client(), "entries", "list", "--state", "lost") == 2
    assert "'lost' is no state" in capsys.readouterr().err


def test_answers_are_shown_as_somebody_only(capsys):
    asked = client()
    assert run(asked, "entries", "show", "ent-abcdef") == 0
    assert "Well." not in capsys.readouterr().out
    assert not any(isinstance(one, ShowEntry) for one in asked.asked)
    assert run(asked, "entries", "show", "ent-abcdef", "--as", "per-1") == 0
    assert asked.asked[-1] == ShowEntry(entry_id=ROW.entry_id, person_id="per-1", view="read")
    said = capsys.readouterr().out
    assert "Findings: Host School, submitted, version 2" in " ".join(said.split())
    assert cells(said) == [["Summary", "[bold]Well."], ["Findings", "Books; Six"]]


def test_who_may_not_read_it_is_told_that_there_is_nothing(capsys):
    hidden = client()
    hidden.answers[ShowEntry] = Rejected("unknown-entry", "There is no such entry.")
    assert run(hidden, "entries", "show", "ent-abcdef", "--as", "per-9", "--json") == 2
    assert json.loads(capsys.readouterr().err)["rule"] == "unknown-entry"


def test_reads_are_listed_with_names(capsys):
    line = AuditRow(
        number=7, at=NOON, person_id="per-1", programme_id="prg-1", form="findings", entry_id=ROW.entry_id, version=2
    )  # fmt: skip
    asked = client()
    asked.answers[ListAudit] = AuditRows(total=1, lines=(line,))
    assert run(asked, "audit", "list", "--entry", "ent-abcdef") == 0
    assert ListAudit(entry_id=ROW.entry_id) in asked.asked
    (row,) = cells(capsys.readouterr().out)
    assert [row[0], *row[2:6]] == ["7", "Amara Osei", "read", "findings", "2"]


@pytest.mark.parametrize(("broken", "code", "said"), [(None, 0, "9 lines, whole."), (4, 2, "broken at line 4")])
def test_the_log_is_verified(broken, code, said, capsys):
    asked = client()
    asked.answers[VerifyAudit] = AuditState(lines=9, hash="ab12", broken_at=broken)
    assert run(asked, "audit", "verify") == code
    shown = capsys.readouterr()
    assert said in " ".join((shown.out + shown.err).split())


def test_history_shows_versions_requests_and_one_difference(capsys):
    asked = client()
    assert run(asked, "entries", "history", "ent-abcdef", "--as", "per-1", "--version", "2") == 0
    assert EntryHistory(entry_id=ROW.entry_id, person_id="per-1", number=2) in asked.asked
    said = capsys.readouterr().out
    assert "How many lessons?" in said
    assert ["summary", "Good.", "Well."] in cells(said)


def test_a_difference_needs_somebody_who_may_read_it(capsys):
    assert run(client(), "entries", "history", "ent-abcdef", "--version", "2") == 2
    assert "add --as PERSON" in " ".join(capsys.readouterr().err.split())
