"""Opens workbooks as spreadsheet programs do: by what is needed of them to read their cells, and no more.

openpyxl refuses a workbook for a part that no reader of cells needs: sheets of charts, its properties, names of ranges,
fills and borders that programs of schools write badly. These parts are left out. Names of parts are compared without
regard to capitals, as the standard has it (ECMA-376, part 2, section 6.2.2.3).
"""

import re
from typing import IO, Any, cast
from xml.etree.ElementTree import Element

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_STYLE, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

__all__ = ["opened_book"]

_STYLE_PARTS = ("numFmts", "fonts", "cellXfs")
_BARE = ("numFmts", "cellXfs")
_NAMED_PART = re.compile(rb'PartName="/?([^"]+)"')


def opened_book(content: IO[bytes]) -> Any:
    """A workbook of openpyxl, for reading cells. Raises whatever a damaged one trips over."""
    reader = _Reader(content)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    """Reads strings, sheets, days and styles of cells."""

    def __init__(self, content: IO[bytes]) -> None:
        super().__init__(content, read_only=True, data_only=True, keep_links=False)
        self._name_parts()

    def read(self) -> None:
        """Fill the workbook."""
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        self._read_styles()
        self.read_worksheets()

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """A sheet that is a chart holds no cells."""

    def _read_styles(self) -> None:
        """Number formats tell days from numbers, fonts what is struck through; the rest is left out."""
        if ARC_STYLE not in self.valid_files:
            return
        tree = fromstring(self.archive.read(ARC_STYLE))
        for wanted in (_STYLE_PARTS, _BARE):
            try:
                self._take(Stylesheet.from_tree(cast("Any", _only(tree, wanted))))
            except (TypeError, ValueError, AttributeError, IndexError):
                continue
            return

    def _take(self, styles: Any) -> None:
        book: Any = self.wb
        book._fonts = IndexedList(styles.fonts)  # noqa: SLF001 - as its own reader fills it
        book._cell_styles = styles.cell_styles  # noqa: SLF001 - the same
        book._date_formats = styles.date_formats  # noqa: SLF001 - the same
        book._timedelta_formats = styles.timedelta_formats  # noqa: SLF001 - the same

    def _name_parts(self) -> None:
        """Give each part the name by which the others call it."""
        named = {name.replace("\\", "/").casefold(): info for name, info in self.archive.NameToInfo.items()}
        listed = named.get(ARC_CONTENT_TYPES.casefold())
        if listed is None:
            return
        called = {ARC_CONTENT_TYPES, "_rels/.rels", "xl/_rels/workbook.xml.rels", ARC_STYLE}
        called |= {name.decode() for name in _NAMED_PART.findall(self.archive.read(listed))}
        for name in called:
            if (info := named.get(name.casefold())) is not None:
                info.filename = name
        for info in self.archive.filelist:
            info.filename = info.filename.replace("\\", "/")
        self.archive.NameToInfo = {info.filename: info for info in self.archive.filelist}
        self.valid_files = self.archive.namelist()


def _only(tree: Element, wanted: tuple[str, ...]) -> Element:
    kept = Element(tree.tag)
    kept.extend(part for part in tree if part.tag in {f"{{{SHEET_MAIN_NS}}}{name}" for name in wanted})
    return kept
