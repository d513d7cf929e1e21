"""`kindred mails preview`: which mails there are, and one as somebody would get it."""

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.previews import ListMailPreviews, MailPreview, MailPreviews, PreviewMail, PreviewRow, Reader
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run

ROWS = MailPreviews(
    programme_id="prg-1", programme="Peer visits",
    rows=(PreviewRow(key="tasks.brief.asked", section="tasks", what="Write the brief: asked", to=("headteacher",)),),
)  # fmt: skip
SHOWN = MailPreview(
    key="tasks.brief.asked", what="Write the brief: asked", to="ada@abbey.example", role="headteacher",
    reader=Reader(person_id="per-1", name="Ada Okafor", school="Abbey"), subject="Write the brief", text="Dear Ada\n",
    html="", assumed=("It is taken to be due on 01/10/2026.",),
)  # fmt: skip


@pytest.fixture
def client():
    return FakeClient({queries.ListProgrammes: ONE, ListMailPreviews: ROWS, PreviewMail: SHOWN})


def test_the_mails_of_a_programme_are_listed(client, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "150")
    assert run(client, "mails", "preview") == 0
    said = capsys.readouterr()
    assert client.asked[-1] == ListMailPreviews(programme_id="prg-1")
    assert "tasks.brief.asked" in said.out
    assert "headteacher" in said.out


def test_one_is_shown_with_what_stands_in(client, capsys):
    assert run(client, "mails", "preview", "tasks.brief.asked") == 0
    said = capsys.readouterr().out
    assert client.asked[-1] == PreviewMail(programme_id="prg-1", key="tasks.brief.asked")
    assert said.startswith("To: Ada Okafor of Abbey <ada@abbey.example>\nSubject: Write the brief\n")
    assert "It is taken to be due on 01/10/2026." in said
