"""The list of covered characters is what the shipped fonts say, and each font's licence is shipped beside it."""

from services.reporting.render.coverage import FONTS
from services.reporting.render.pdf import FAMILIES, PdfMaker
from tests import font_coverage


def test_the_list_is_what_the_fonts_say():
    assert (FONTS / "coverage.txt").read_text(encoding="utf-8") == font_coverage.coverage()
    assert font_coverage.weights_agree()


def test_the_fonts_are_small_and_licensed():
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 8_000_000
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    for path in FONTS.glob("*.txt"):
        assert path.name in readme
    assert {"OFL-Inter.txt", "OFL-NotoEmoji.txt", "OFL-NotoSans.txt", "LICENSE-DejaVu.txt", "LICENSE-Droid.txt"} <= {
        path.name for path in FONTS.iterdir()
    }


def test_no_family_is_missing_and_no_font_is_shipped_in_vain():
    assert set(PdfMaker().families()) == set(FAMILIES)
