"""What is switched off on a line says why, no test waits a fixed time, and text is UTF-8 whatever the locale."""

import ast
import re
import tokenize
from pathlib import Path

from tests.architecture.test_shape import ROOT, tracked

OFF = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no (?:cover|branch))")
REASONED = re.compile(
    r"#\s*(?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*\s+(?:--? ?|\()"
    r"|type: ignore\[[a-z-]+(?:, [a-z-]+)*\]\s+# "
    r"|pragma: no (?:cover|branch) - )"
    r"[A-Za-z].{4,}"
)
STAND_IN = re.compile(r"# stands for \w+")
SLEEPS = {"asyncio.sleep", "time.sleep", "sleep", "anyio.sleep"}


def comments(path: Path) -> dict[int, str]:
    """The comments of a file, by line."""
    with path.open("rb") as file:
        tokens = list(tokenize.tokenize(file.readline))
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def without_reason(path: Path) -> list[str]:
    """Lines that switch a check off and do not say why."""
    return [
        f"{path}:{line}: {comment}"
        for line, comment in comments(path).items()
        if OFF.match(comment) and not REASONED.match(comment)
    ]


def fixed_waits(path: Path) -> list[str]:
    """Where a test sleeps: for more than nothing, and not in the place of something that takes its time."""
    said = comments(path)
    return [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and waits(node) and not STAND_IN.search(said.get(node.lineno, ""))
    ]


def waits(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    if name.endswith(".wait_for_timeout"):
        return True
    return name in SLEEPS and not (call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0)


def in_the_locale_s_encoding(path: Path) -> list[str]:
    """Where text is read or written without saying that it is UTF-8."""
    return [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"read_text", "write_text"}
        and "encoding" not in {keyword.arg for keyword in node.keywords}
    ]


def test_what_is_switched_off_says_why() -> None:
    assert [line for path in tracked("*.py") for line in without_reason(path)] == []


def test_no_test_waits_a_fixed_time() -> None:
    """`tests/waiting.py` alone polls. What stands for something slow says so: `# stands for a slow relay`."""
    tests = [path for path in tracked("tests/*.py") if path != ROOT / "tests" / "waiting.py"]
    assert [line for path in tests for line in fixed_waits(path)] == []


def test_text_is_utf_8_in_every_locale() -> None:
    assert [line for path in tracked("*.py") for line in in_the_locale_s_encoding(path)] == []


def test_these_rules_notice_what_they_forbid(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(
        "import asyncio  # noqa: F401\n"
        "x: int = 'a'  # type: ignore[assignment]\n"
        "y: int = 'b'  # type: ignore  # it is read as a number\n"
        "z = x if y else f()  # noqa: F821 - made up\n"
        "async def g():\n"
        "    await asyncio.sleep(0)\n"
        "    await asyncio.sleep(0.5)\n"
        "    await asyncio.sleep(0.7)  # stands for a slow relay\n"
        "    file.write_text(file.read_text(encoding='utf-8'))\n",
        encoding="utf-8",
    )
    assert [line.rpartition("# ")[2] for line in without_reason(bad)] == [
        "noqa: F401",
        "type: ignore[assignment]",
        "it is read as a number",
    ]
    assert fixed_waits(bad) == [f"{bad}:7: asyncio.sleep(0.5)"]
    assert in_the_locale_s_encoding(bad) == [f"{bad}:9: file.write_text(file.read_text(encoding='utf-8'))"]
