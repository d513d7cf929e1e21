"""Which characters the shipped fonts have, by their tables; `python -m tests.font_coverage` writes `coverage.txt`."""

from itertools import pairwise

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

from services.reporting.render.coverage import FONTS

OTHER_WEIGHTS = {"Inter-SemiBold", "Inter-Bold"}


def coverage() -> str:
    """The content of `coverage.txt`: a line for each font, its name and ranges; no private or control characters."""
    fonts = [path for path in sorted(FONTS.glob("*.[ot]tf")) if path.stem not in OTHER_WEIGHTS]
    return "".join(f"{path.stem} {' '.join(_ranges(_characters(path)))}\n" for path in fonts)


def weights_agree() -> bool:
    """Whether Inter has the same characters in every weight."""
    return len({tuple(_characters(path)) for path in FONTS.glob("Inter-*.otf")}) == 1


def _characters(path) -> list[int]:
    table = TTFont(path).getBestCmap()
    return sorted(code for code in table if code >= 32 and not 0xE000 <= code <= 0xF8FF and code < 0xF0000)


def _ranges(codes: list[int]) -> list[str]:
    starts = [codes[0], *(after for before, after in pairwise(codes) if after != before + 1)]
    ends = [*(before for before, after in pairwise(codes) if after != before + 1), codes[-1]]
    return [f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in zip(starts, ends, strict=True)]


if __name__ == "__main__":
    (FONTS / "coverage.txt").write_text(coverage(), encoding="ascii")
