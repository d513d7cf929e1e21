"""PDFs: everything is in them, the same report gives the same bytes, and text is never markup."""

import datetime as dt
import io
import re

import pytest
import typst
from pypdf import PdfReader

from services.reporting.render import pdf as pdf_module
from services.reporting.render.pdf import TEMPLATES, PdfMaker, TypesetError, pages
from shared.commands.reporting import Finding, PlannedAction
from tests.unit.reporting import block_samples, samples

KINDS = {
    "action-plan": samples.action_plan,
    "appraisal": samples.appraisal,
    "impact": samples.impact,
    "findings": block_samples.findings,
    "record": block_samples.record,
    "change": block_samples.impact,
    "brochure": block_samples.brochure,
}
HOSTILE = {
    "action-plan": samples.hostile_action_plan,
    "appraisal": samples.hostile_appraisal,
    "impact": samples.hostile_impact,
    "blocks": block_samples.hostile,
}


@pytest.fixture(scope="module")
def maker():
    return PdfMaker()


def text_of(pdf):
    whole = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", whole.replace("\u200b", ""))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_report_gives_the_same_bytes(maker, kind):
    assert maker.make(KINDS[kind]()) == PdfMaker().make(KINDS[kind]())


def test_the_action_plan_says_everything(maker):
    report = samples.action_plan()
    text = text_of(maker.make(report))
    for finding in report.findings:
        assert finding.title in text
        assert all(line in text for line in finding.evidence)
    for action in report.actions:
        assert action.what in text
        assert action.success in text
        assert action.owner in text
        assert action.status in text
    for words in (
        "Millbrook Primary School", "URN 999901", "Leeds", "Prepared 21 June 2027", "RPT-1A2B3C4D",
        "Of five actions, one is complete, one is on track, one is at risk, one is off track and one is dropped.",
        "16 Jul 2027", "In Years 5 and 6 one class in three still decodes.", "Page 1 of",
    ):  # fmt: skip
        assert words in text


def test_the_appraisal_says_everything(maker):
    text = text_of(maker.make(samples.appraisal()))
    for words in (
        "Visit on Thursday 13 May 2027", "Oakfield Academy and St Mary's C of E Primary School", "Strengths seen",
        "Reading is taught with conviction.", "Questioning rests on few volunteers.", "Visit Oakfield's mathematics.",
        "8 lesson visits",
    ):  # fmt: skip
        assert words in text


def test_a_report_of_blocks_says_everything(maker):
    report = block_samples.findings()
    text = text_of(maker.make(report))
    found, plan = report.parts
    for finding in found.findings:
        assert finding.title in text
        assert all(line in text for line in finding.evidence)
    for action in plan.actions:
        assert action.what in text
        assert action.success in text
    for words in (
        "Reading is taught with conviction.", "What was found", "What the school will do", "Millbrook Primary School",
        "Two findings. Of five actions, one is complete, one is on track, one is at risk, one is off track and one is",
        "Prepared 21 June 2027", "after three visits", "Open actions by due month",
    ):  # fmt: skip
        assert words in text


def test_a_record_says_everything(maker):
    report = block_samples.record()
    text = text_of(maker.make(report))
    certificate, *_ = report.parts
    for words in (
        certificate.statement, *certificate.done, "What you aimed at", "Weighing evidence",
        "Listening and asking: Secure", "10 February 2027", "Was there",
    ):  # fmt: skip
        assert words in text


def test_the_impact_report_gives_shares_with_counts_and_hides_what_is_too_small(maker):
    text = text_of(maker.make(samples.impact()))
    assert "101 answers. Of these, 85 (84%) agree" in text
    assert "86% 6 of 7" in text
    assert "too few to show" in text


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_set_as_it_stands(maker, kind):
    text = text_of(maker.make(HOSTILE[kind]()))
    assert '#read("/etc/passwd")' in text
    assert "root:" not in text
    assert "{{ 7*7 }}" in text
    assert "<script>alert(1)</script>" in text


def test_fifty_thousand_characters_come_out_whole(maker):
    finding = Finding(title="t", detail=samples.LONG)
    text = text_of(maker.make(samples.action_plan(findings=(finding,), actions=())))
    text = re.sub(r"RPT-1A2B3C4D · version 2 Millbrook Primary School Page \d+ of \d+ ", "", text)
    assert text.count("Pupils read aloud every day.") == samples.LONG.count("Pupils read aloud every day.")


def test_no_word_runs_off_the_page(maker):
    action = PlannedAction(what="W" * 2000, owner="M" * 400, due=dt.date(2027, 7, 1), success="s", priority="W" * 200)
    made = maker.make(samples.action_plan(actions=(action,)))
    furthest = 0.0

    def visit(text, _matrix, text_matrix, _font, size):
        nonlocal furthest
        if text.strip():
            furthest = max(furthest, text_matrix[4] + 0.55 * size * len(text.strip()))

    for page in PdfReader(io.BytesIO(made)).pages:
        page.extract_text(visitor_text=visit)
    assert furthest < 595


@pytest.mark.parametrize(("report", "least"), [(samples.action_plan, 1), (samples.hostile_action_plan, 40)])
def test_pages_are_counted(maker, report, least):
    made = maker.make(report())
    assert pages(made) == len(PdfReader(io.BytesIO(made)).pages) >= least


def test_title_language_and_tags_are_there(maker):
    made = PdfReader(io.BytesIO(maker.make(samples.action_plan())))
    assert made.metadata is not None
    assert made.metadata.title == "Findings and action plan: Millbrook Primary School"
    assert str(made.root_object["/Lang"]) == "en-GB"
    assert "Marked': True" in str(made.root_object["/MarkInfo"])


@pytest.mark.parametrize("path", ["/etc/passwd", "../pdf.py", "/../pdf.py", "../../../../../../etc/passwd"])
def test_the_folder_of_templates_cannot_be_left(path):
    compiler = typst.Compiler(root=str(TEMPLATES), ignore_system_fonts=True)
    with pytest.raises(typst.TypstError):
        compiler.compile(f'#read("{path}")'.encode(), format="pdf")


def test_an_unknown_font_family_fails(maker, monkeypatch):
    monkeypatch.setattr(pdf_module, "FAMILIES", ("Comic Sans MS",))
    with pytest.raises(TypesetError, match="unknown font family"):
        maker.make(samples.appraisal())


def test_a_combination_without_a_glyph_falls_back_to_plain_letters(maker, monkeypatch):
    monkeypatch.setattr(pdf_module, "typeset", lambda text: text.replace("Reading", "\U00013000Reading"))
    assert "Reading is taught with conviction." in text_of(maker.make(samples.appraisal()))
