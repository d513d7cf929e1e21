"""The charts of our reports as small SVG drawings; the same drawing goes into the page and the PDF.

Numbers are written on the bars and statuses named in words: colour repeats what the words say and never says it alone.
"""

from services.reporting.domain.reports.impact import Line, ShareLine
from services.reporting.domain.reports.model import Bar
from services.reporting.domain.reports.plan_figures import MonthDue
from services.reporting.domain.status import RATING_WORDS, RATINGS, Rating
from services.reporting.domain.words import listed
from services.reporting.render.colours import FILL, GRID, INK, MUTED, NAVY, TEAL
from services.reporting.render.svg import Chart, drawing, element, label, shortened

WIDTH = 360
ROW = 30
BAR = 20
SHARE_FILLS = (NAVY, TEAL)


def status_chart(bars: tuple[Bar, ...]) -> Chart:
    """One bar for each priority, parted by how its actions stand."""
    left, top = 104, 30
    used = [key for key in RATINGS if any(segment.rating == key for bar in bars for segment in bar.segments)]
    most = max((sum(s.number for s in bar.segments) for bar in bars), default=1)
    parts = _legend([(RATING_WORDS[key], FILL[key]) for key in used], 2)
    for row, bar in enumerate(bars):
        y = top + row * ROW
        parts.append(label(shortened(bar.label, left - 10, 10), left - 8, y + 14, fill=INK, anchor="end"))
        x, unit = float(left), (WIDTH - left) / most
        for segment in bar.segments:
            width = segment.number * unit
            parts.append(
                element("rect", x=x, y=y, width=max(width - 1.5, 1), height=BAR, rx=3, fill=FILL[segment.rating])
            )
            parts.append(_on_bar(str(segment.number), x + width / 2, y + 14))
            x += width
    alt = "Actions by priority and how they stand. " + " ".join(f"{bar.label}: {_in_words(bar)}." for bar in bars)
    return drawing("Actions by priority and status", alt, WIDTH, top + len(bars) * ROW, parts)


def _in_words(bar: Bar) -> str:
    words: dict[Rating, str] = RATING_WORDS
    return listed([f"{segment.number} {words[segment.rating].lower()}" for segment in bar.segments])


def _on_bar(text: str, x: float, y: float) -> str:
    return label(text, x, y, fill="#ffffff", anchor="middle", weight=600)


def _legend(entries: list[tuple[str, str]], y: float, x: float = 0) -> list[str]:
    parts = []
    for word, fill in entries:
        parts.append(element("rect", x=x, y=y, width=9, height=9, rx=2, fill=fill))
        parts.append(label(word, x + 13, y + 8.5, size=9.5, fill=MUTED))
        x += 13 + len(word) * 5.4 + 14
    return parts


def months_chart(months: tuple[MonthDue, ...]) -> Chart:
    """Open actions by the month in which they fall due."""
    height, top, bottom = 170, 16, 140
    most = max(3, *(month.number for month in months))
    step = WIDTH / max(len(months), 6)
    parts = [element("line", x1=0, y1=bottom, x2=WIDTH, y2=bottom, stroke=GRID, stroke_width=1)]
    for place, month in enumerate(months):
        middle = place * step + step / 2
        tall = (bottom - top - 14) * month.number / most
        if month.number:
            wide = min(34.0, step * 0.62)
            parts.append(
                element("rect", x=middle - wide / 2, y=bottom - tall, width=wide, height=tall, rx=3, fill=TEAL)
            )
            parts.append(label(str(month.number), middle, bottom - tall - 5, fill=INK, anchor="middle", weight=600))
        letters = 1 if len(months) > 12 else 3
        parts.append(label(f"{month.month:%b}"[:letters], middle, bottom + 14, size=9.5, fill=MUTED, anchor="middle"))
        if place == 0 or month.month.month == 1:
            parts.append(label(f"{month.month.year}", middle, bottom + 26, size=9, fill=MUTED, anchor="middle"))
    said = listed([f"{month.number} in {month.month:%B %Y}" for month in months if month.number])
    return drawing(
        "Open actions by due month", f"Open actions by the month they fall due: {said}.", WIDTH, height, parts
    )


def share_charts(lines: list[Line], title: str, rows_each: int = 14) -> list[Chart]:
    """Shares that agree: a row for each line, a bar for each statement; a long list is cut into several drawings."""
    pages = [lines[start : start + rows_each] for start in range(0, len(lines), rows_each)]
    return [
        _share_chart(page, title if len(pages) == 1 else f"{title}, part {number} of {len(pages)}")
        for number, page in enumerate(pages, start=1)
    ]


def _share_chart(lines: list[Line], title: str) -> Chart:
    left, wide, thick = 118, 470, 13
    statements = [share.label for share in lines[0].shares]
    row = len(statements) * (thick + 3) + 12
    top = 16 * len(statements) + 14
    height = top + len(lines) * row + 16
    parts = []
    for number, statement in enumerate(statements):
        parts += _legend([(shortened(statement, 600, 9.5), _fill(number))], 2 + 16 * number)
    for tenth in range(0, 101, 25):
        x = left + wide * tenth / 100
        parts.append(element("line", x1=x, y1=top - 6, x2=x, y2=height - 16, stroke=GRID, stroke_width=1))
        parts.append(label(f"{tenth}%", x, height - 4, size=9, fill=MUTED, anchor="middle"))
    for place, line in enumerate(lines):
        y = top + place * row
        middle = y + len(line.shares) * (thick + 3) / 2 + 2
        parts.append(label(shortened(line.about, left - 12, 10), left - 10, middle, fill=INK, anchor="end"))
        for number, share in enumerate(line.shares):
            parts += _share_bar(share, left, y + number * (thick + 3), wide, _fill(number))
    return drawing(
        title, f"{title}. " + " ".join(_line_in_words(line) for line in lines), left + wide + 95, height, parts
    )


def _fill(number: int) -> str:
    return SHARE_FILLS[number % len(SHARE_FILLS)]


def _share_bar(share: ShareLine, x: float, y: float, wide: float, fill: str) -> list[str]:
    if share.agree is None or not share.answers:
        return [label("too few answers to show", x + 6, y + 10, size=9, fill=MUTED)]
    long = max(wide * share.agree / share.answers, 1)
    words = f"{share.percent} · {share.agree:,} of {share.answers:,}"
    return [
        element("rect", x=x, y=y, width=long, height=13, rx=2.5, fill=fill),
        label(words, x + long + 6, y + 10, size=9.5, fill=INK, weight=600),
    ]


def _line_in_words(line: Line) -> str:
    shown = [
        f"{share.agree} of {share.answers} ({share.percent}) agree with “{share.label}”"
        for share in line.shares
        if share.answers
    ]
    return f"{line.about}: {listed(shown) if shown else 'too few answers to show'}."
