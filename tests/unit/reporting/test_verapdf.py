"""veraPDF finds nothing against PDF/UA-1 in any kind of report, whatever the text; and it does find what is planted."""

import pytest
import typst

from services.reporting.render.coverage import FONTS
from services.reporting.render.pdf import PdfMaker
from tests.unit.reporting import block_samples, samples
from tests.verapdf import failed_rules

REPORTS = {
    "action-plan": samples.action_plan,
    "action-plan-empty": lambda: samples.action_plan(actions=(), summary="", findings=samples.FINDINGS[:1]),
    "appraisal": samples.appraisal,
    "impact": samples.impact,
    "impact-none": lambda: samples.impact(groups=0, blocks=[], asked=[]),
    "findings": block_samples.findings,
    "findings-without-actions": lambda: block_samples.findings(parts=(block_samples.plan(()),), cards=()),
    "record": block_samples.record,
    "change": block_samples.impact,
    "brochure": block_samples.brochure,
    "hostile-blocks": block_samples.hostile,
    "hostile-action-plan": samples.hostile_action_plan,
    "hostile-appraisal": samples.hostile_appraisal,
    "hostile-impact": samples.hostile_impact,
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verapdf")
    maker = PdfMaker()
    for name, report in REPORTS.items():
        (folder / f"{name}.pdf").write_bytes(maker.make(report()))
    (folder / "planted.typ").write_text("= Heading\n\n=== Skips a level", encoding="utf-8")
    fonts = [str(FONTS)]
    typst.compile(str(folder / "planted.typ"), output=str(folder / "planted.pdf"), font_paths=fonts, pdf_tags=False)
    found = failed_rules(sorted(folder.glob("*.pdf")))
    return {path.rpartition("/")[2].removesuffix(".pdf"): failed for path, failed in found.items()}


@pytest.mark.parametrize("name", REPORTS)
def test_conforms(verdicts, name):
    assert verdicts[name] == []


def test_a_pdf_that_does_not_conform_is_found_out(verdicts):
    assert verdicts["planted"] != []
