"""A published brochure, as reporting answers."""

from shared.commands.brochures import Brochure, BrochurePart, BrochureRow, BrochureRows

ADDRESS = "exchange-2026-1f3a9c"
ROW = BrochureRow(
    programme_id="prg-2", programme="Exchange of projects 2026/27", year=2026, report="brochure", report_id="rpt-1",
    title="About project exchange", state="compiled", edition=1, published=1, address=ADDRESS, enquiries=True,
)  # fmt: skip
BROCHURE = Brochure(
    row=ROW,
    lead="Your school posts a project that somebody else looks into.",
    pages=2,
    pdf_bytes=40_000,
    parts=(
        BrochurePart(title="Who it is for", paragraphs=("Schools with a question.", "Able colleagues.")),
        BrochurePart(title="What you bring", lines=("Time", "A question")),
        BrochurePart(
            title="What it asks of people",
            columns=("Who", "How many", "Comes to", "Is asked to"),
            rows=(("Headteacher", "One", "Presentation of the findings", ""), ("CPD lead", "One", "", "Post projects")),
        ),
        BrochurePart(
            title="Last year",
            columns=("What", "2025/26"),
            rows=(("Schools", "12"),),
            numbers=(1,),
            note="Counts alone.",
        ),
    ),
)
ANSWERS = {"ListBrochures": BrochureRows(brochures=(ROW,)), "ShowBrochure": BROCHURE}
