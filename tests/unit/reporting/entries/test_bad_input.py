"""What people and machines put into forms: nothing breaks, counts twice or is markup, in the PDF neither."""

import io
import re

import pytest
from pypdf import PdfReader

from services.reporting.render.html import make_html
from services.reporting.render.pdf import PdfMaker
from shared.commands import forms as asks
from shared.errors import Rejected
from shared.events.forms import FormSubmitted
from tests.unit.reporting.entries.exchange import HOST_LEAD, MATCH, OWN, OWN_LEAD, VISITOR
from tests.unit.reporting.entries.harness import GOOD_FINDINGS, at_work
from tests.unit.reporting.test_block_reports import compiled, requests

ROW = {"what": "Read", "owner": "Head", "due": "2027-03-01", "success": "Read", "status": "not-started"}
WORST = {
    "typst": '#set page(fill: red) #read("/etc/passwd") $x^2$ *b* @ref',
    "jinja": "{{ 7*7 }} {% include 'base.html' %}",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "html": "<script>alert(1)</script>",
    "emoji": "Well done \u2705",
    "arabic": "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
}


async def report_of(made, text):
    """The findings with this text everywhere, as the report that they become."""
    answers = {
        "summary": text, "found": [{"title": text, "detail": text, "evidence": text}],
        "plan": [{**ROW, "what": text, "owner": text, "success": text}],
    }  # fmt: skip
    entry_id, _ = await made.send("findings", MATCH, VISITOR, answers)
    _, work = await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=HOST_LEAD, number=1))
    await compiled(made, *requests(work))
    return made.memory_renderer.seen[-1]


def text_of(pdf):
    whole = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", whole.replace("\u200b", ""))


@pytest.mark.parametrize("kind", ["typst", "jinja", "formula", "html"])
async def test_markup_stands_in_the_pdf_and_the_page_as_it_was_typed(kind):
    report = await report_of(await at_work(), WORST[kind])
    text = text_of(PdfMaker().make(report))
    assert text.count(WORST[kind]) >= 5
    assert "root:" not in text
    page = make_html(report).decode()
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page or kind != "jinja"


@pytest.mark.parametrize("kind", ["emoji", "arabic"])
async def test_emoji_and_right_to_left_are_set(kind):
    report = await report_of(await at_work(), WORST[kind])
    assert report.summary == WORST[kind]
    assert PdfMaker().make(report).startswith(b"%PDF")


async def test_control_characters_are_taken_out():
    report = await report_of(await at_work(), "\x00\x07Seen\x1b and \x7fheard\r\nby us")
    assert report.summary == "Seen and heard\nby us"


@pytest.mark.parametrize("field", ["summary", "found", "plan"])
async def test_a_megabyte_is_refused_with_the_number_that_would_do(field):
    made = await at_work()
    long = "x" * 1_000_000
    given = {
        "summary": long, "found": [{"title": long, "evidence": "Six"}], "plan": [{**ROW, "what": long}],
    }  # fmt: skip
    with pytest.raises(Rejected) as refused:
        await made.save("findings", MATCH, VISITOR, {field: given[field]})
    assert refused.value.rule == "too-long"
    assert "200,000 is the most" in refused.value.sentence
    assert made.memory.entries.rows == {}


async def test_a_double_press_sends_once():
    made = await at_work()
    saved = await made.save("findings", MATCH, VISITOR, GOOD_FINDINGS)
    _, first = await made.submit(saved, VISITOR)
    _, second = await made.submit(saved, VISITOR)
    assert [type(event) for event in first.published] == [FormSubmitted]
    assert second.published == []
    assert made.kept(saved.entry_id).number == 1


async def test_back_to_an_old_page_overwrites_nothing():
    made = await at_work()
    saved = await made.save("findings", MATCH, VISITOR, GOOD_FINDINGS)
    newer = await made.save("findings", MATCH, VISITOR, {"summary": "Newer"}, revision=saved.revision)
    stale = await made.save("findings", MATCH, VISITOR, {"summary": "From the old page"}, revision=saved.revision)
    assert stale.conflicts == ("summary",)
    assert made.kept(saved.entry_id).typed()["summary"] == "Newer"
    with pytest.raises(Rejected) as refused:
        await made.submit(newer, VISITOR)
    assert refused.value.rule == "changed-meanwhile"


async def test_the_same_form_begun_twice_at_once_is_one_entry():
    made = await at_work()
    first = await made.save("plan", OWN, OWN_LEAD, {"aim": "Read"})
    second = await made.save("plan", OWN, OWN_LEAD, {"how": "Daily"})
    assert first.entry_id == second.entry_id
    assert made.kept(first.entry_id).typed() == {"aim": "Read", "how": "Daily"}
