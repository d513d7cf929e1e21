"""`kindred brochures` and `kindred enquiries`."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.base import Done
from shared.commands.brochures import BrochureRow, BrochureRows, ListBrochures, PublishBrochure, UnpublishBrochure
from shared.commands.enquiries import (
    CloseEnquiry,
    EnquiryRow,
    EnquiryRows,
    EraseEnquiries,
    ListEnquiries,
    ShowEnquiry,
)
from shared.commands.reports import CompileReport
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run

PROGRAMME = ONE.programmes[0].programme_id
BROCHURE = BrochureRow(
    programme_id=PROGRAMME, programme="Exchange", year=2026, report="brochure", report_id="rpt-123456789abc",
    title="About the exchange", state="compiled", edition=2, published=1, address="exchange-1f3a9c", enquiries=True,
)  # fmt: skip
ENQUIRY = EnquiryRow(
    enquiry_id="enq-123456789abc", programme_id=PROGRAMME, programme="Exchange", state="waiting", name="Ada Marsh",
    school="Hill", role="", email="ada@hill.example", message="How many days?",
    received_at=dt.datetime(2026, 9, 2, 9, tzinfo=dt.UTC), until=dt.date(2027, 3, 1),
)  # fmt: skip


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def client(**changes: Any):
    done = Done(id="x", sentence="It is done.")
    answers: dict[Any, Any] = {
        queries.ListProgrammes: ONE, ListBrochures: BrochureRows(brochures=(BROCHURE,)), CompileReport: done,
        PublishBrochure: done, UnpublishBrochure: done, ShowEnquiry: ENQUIRY, CloseEnquiry: done, EraseEnquiries: done,
        ListEnquiries: EnquiryRows(total=1, waiting=1, enquiries=(ENQUIRY,)),
    }  # fmt: skip
    return FakeClient({**answers, **changes.get("answers", {})})


def sent(asked, kind):
    return [one for one in asked.asked if isinstance(one, kind)]


def test_brochures_are_listed_with_their_page(capsys):
    assert run(client(), "brochures", "list") == 0
    out = capsys.readouterr().out
    assert all(words in out for words in ("About the exchange", "/brochures/exchange-1f3a9c", "compiled"))


def test_one_is_made_published_and_taken_back(capsys):
    asked = client()
    assert run(asked, "brochures", "make") == 0
    assert "kindred reports open rpt-12345678" in capsys.readouterr().err
    assert run(asked, "brochures", "publish", "--edition", "2") == 0
    assert run(asked, "brochures", "unpublish") == 0
    assert sent(asked, CompileReport) == [CompileReport(programme_id=PROGRAMME, report="brochure")]
    assert sent(asked, PublishBrochure) == [PublishBrochure(programme_id=PROGRAMME, edition=2)]
    assert sent(asked, UnpublishBrochure) == [UnpublishBrochure(programme_id=PROGRAMME)]


def test_a_template_without_one_says_so(capsys):
    asked = client(answers={ListBrochures: BrochureRows(brochures=())})
    assert run(asked, "brochures", "make") == 2
    assert "declares no report for everybody" in capsys.readouterr().err


def test_enquiries_are_listed_shown_answered_and_erased(capsys):
    asked = client()
    assert run(asked, "enquiries", "list", "--state", "waiting") == 0
    assert "ada@hill.example" in capsys.readouterr().out
    assert run(asked, "enquiries", "show", "enq-12") == 0
    assert "How many days?" in capsys.readouterr().out
    assert run(asked, "enquiries", "done", "enq-12") == 0
    assert run(asked, "enquiries", "erase", "--address", "ada@hill.example") == 0
    assert sent(asked, ListEnquiries)[0].state == "waiting"
    assert sent(asked, CloseEnquiry) == [CloseEnquiry(enquiry_id="enq-123456789abc")]
    assert sent(asked, EraseEnquiries) == [EraseEnquiries(email="ada@hill.example")]
    assert run(asked, "enquiries", "list", "--state", "lost") == 2
