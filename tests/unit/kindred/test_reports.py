"""Opening a report: found by its id whatever its age, and kept only as it was compiled."""

import hashlib
import json

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.matching import ShowCohort
from shared.commands.reporting import Chunk, CompileImpact, Impact, ImpactLine, Share, ShowImpact
from shared.commands.reports import FetchReport, ListReports, ReportRow, ReportRows
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, ONE, cells, done, run

PDF, HTML = b"%PDF " + b"x" * 20, b"<p>An older edition</p>"
SHA = hashlib.sha256(PDF).hexdigest()
ROW = ReportRow(
    report_id="rpt-abcdef0123", kind="impact", title="Impact", programme_id="prg-1", cohort_id="coh-1",
    state="compiled", edition=3, sha256=SHA, pages=2, pdf_bytes=len(PDF), formats=("pdf", "html"),
)  # fmt: skip


def parts(content, sha256=""):
    """A service that hands out ten bytes at a time."""

    def part(query):
        known = sha256 or hashlib.sha256(content).hexdigest()
        piece = content[query.offset : query.offset + 10]
        return Chunk(
            filename=f"impact.{query.format}", media_type="any", size=len(content), sha256=known, content=piece
        )

    return part


def opened(tmp_path, fetched, *words, rows=(ROW,), named="rpt-abcdef"):
    client = FakeClient({ListReports: ReportRows(total=len(rows), reports=rows), FetchReport: fetched})
    code = run(client, "reports", "open", named, "-o", str(tmp_path / "kept"), "--json", *words)
    return code, client.asked


def test_the_report_is_asked_for_by_its_id_and_its_file_from_one_edition(tmp_path, capsys) -> None:
    code, (found, *pieces) = opened(tmp_path, parts(PDF))
    assert (code, found) == (0, ListReports(named="rpt-abcdef", limit=2))
    assert [(piece.edition, piece.offset) for piece in pieces] == [(3, 0), (3, 10), (3, 20)]
    assert (tmp_path / "kept").read_bytes() == PDF
    assert json.loads(capsys.readouterr().out)["sha256"] == SHA


def test_another_format_or_edition_shows_its_own_hash(tmp_path, capsys) -> None:
    for words in (("--format", "html"), ("--edition", "2")):
        assert opened(tmp_path, parts(HTML), *words)[0] == 0
        assert json.loads(capsys.readouterr().out)["sha256"] == hashlib.sha256(HTML).hexdigest()


def ending_early(query):
    part = parts(PDF)(query)
    return part if query.offset < 10 else part.model_copy(update={"content": b""})


@pytest.mark.parametrize(
    ("fetched", "words"),
    [
        (parts(PDF.replace(b"x", b"y")), ()),  # whole, but not what the list says
        (parts(PDF, "0" * 64), ()),
        (parts(HTML, "0" * 64), ("--format", "html")),
        (ending_early, ()),
    ],
)
def test_a_file_that_is_not_the_one_compiled_is_not_kept(fetched, words, tmp_path, capsys) -> None:
    code, _ = opened(tmp_path, fetched, *words)
    assert (code, json.loads(capsys.readouterr().err)["rule"]) == (2, "damaged-file")
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(("named", "rows"), [("rpt-abcdef", ()), ("rpt-abcdef", (ROW, ROW)), ("rpt-a", (ROW,))])
def test_an_id_that_is_unknown_or_too_short_is_a_sentence(named, rows, tmp_path, capsys) -> None:
    assert opened(tmp_path, parts(PDF), named=named, rows=rows)[0] == 2
    assert json.loads(capsys.readouterr().err)["rule"] == "unknown-report"


def test_reports_are_listed_newest_first_and_of_one_kind(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    client = FakeClient({ListReports: ReportRows(total=12, reports=(ROW,))})
    assert run(client, "reports", "list", "--kind", "impact", "--limit", "1") == 0
    assert client.asked == [ListReports(kind="impact", limit=1, offset=0)]
    said = capsys.readouterr().out
    assert said.startswith("Reports (12)")
    assert cells(said) == [["Impact", "impact", "compiled", "3", "2", str(len(PDF)), "rpt-abcdef01"]]


def test_a_kind_of_which_there_is_no_report_is_said(capsys) -> None:
    assert run(FakeClient({ListReports: ReportRows(total=0, reports=())}), "reports", "list", "--kind", "gossip") == 0
    assert "There is no report of kind 'gossip' yet; without --kind all are listed." in capsys.readouterr().out


def share(label, agree):
    return Share(statement=label.lower(), label=label, agree=agree, answers=12 if agree is not None else None)


def test_impact_is_shown_by_statement_with_small_numbers_withheld(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    total = ImpactLine(about="Whole cohort", shares=(share("Useful", 9), share("Well led", None)))
    lines = (ImpactLine(about="Launch", shares=(share("Useful", 0),)),)
    found = Impact(cohort_id="coh-1", total=total, lines=lines, note="Fewer than five answers are not shown.")
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, ShowImpact: found})
    assert run(client, "reports", "impact") == 0
    said = capsys.readouterr().out
    assert cells(said) == [
        ["Whole cohort", "Useful", "9 of 12"],
        ["Whole cohort", "Well led", "too few"],
        ["Launch", "Useful", "0 of 12"],
    ]
    assert said.endswith("Fewer than five answers are not shown.\n")


def test_the_impact_report_is_compiled_when_asked_for(capsys) -> None:
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, CompileImpact: done()})
    assert run(client, "reports", "impact", "--compile") == 0
    assert client.asked[-1] == CompileImpact(cohort_id="coh-1")
    assert capsys.readouterr().out == "The impact report is being compiled.\n"
