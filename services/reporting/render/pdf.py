"""PDF by Typst: people's text goes in as values, the PDF/UA-1 standard is a gate, the same report gives the same bytes.

`root` is the folder of templates and nothing else, fonts are the shipped ones only, packages cannot be fetched.
"""

import json
import re
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from services.reporting.domain.reports.kinds import Report
from services.reporting.render.coverage import FONTS
from services.reporting.render.text import latin, typeset
from services.reporting.render.view import changed, view

TEMPLATES = Path(__file__).parent / "templates"
FAMILIES = (
    "Inter",
    "Noto Emoji",
    "DejaVu Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Gurmukhi",
    "Noto Sans Gujarati",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Droid Sans Fallback",
)
_COUNT = re.compile(rb"/Count\s+(\d+)")


class TypesetError(Exception):
    """Typst refused the report, or warned: a family or glyph is missing, or a rule of PDF/UA is broken."""


class PdfMaker:
    """Makes PDFs. Keeps the fonts and the compiler between reports; one for each thread."""

    def __init__(self) -> None:
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        missing = sorted(set(FAMILIES) - set(self.families()))
        if missing:
            raise TypesetError(f"These fonts are not shipped: {', '.join(missing)}")
        self._compiler = typst.Compiler(
            root=str(TEMPLATES), font_paths=self._fonts, ignore_system_fonts=True, package_path=str(TEMPLATES / "none")
        )

    def families(self) -> list[str]:
        """The font families there are."""
        return list(self._fonts.families())

    def make(self, report: Report) -> bytes:
        """Make the PDF. Where a combination of characters has no glyph, try once more with European letters only."""
        try:
            return self._compile(changed(report, typeset))
        except TypesetError:
            return self._compile(changed(report, latin))

    def _compile(self, report: Report) -> bytes:
        inputs = {"report": json.dumps(view(report), ensure_ascii=False), "fonts": json.dumps(FAMILIES)}
        stamp = datetime.combine(report.head.prepared_on, time(), UTC)
        try:
            made, warnings = self._compiler.compile_with_warnings(
                str(TEMPLATES / f"{report.kind}.typ"),
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=["ua-1"],
                timestamp=int(stamp.timestamp()),
            )
        except typst.TypstError as refused:
            raise TypesetError(str(refused)) from refused
        if warnings:
            raise TypesetError("; ".join(str(warning) for warning in warnings))
        if not isinstance(made, bytes):
            raise TypesetError("The report came out in several files.")
        return made


def pages(pdf: bytes) -> int:
    """How many pages the PDF has."""
    return max((int(number) for number in _COUNT.findall(pdf)), default=0)
