"""The text of a mail for a page: lines that were broken for mail programs run on, so that it reads at any width."""

WIDTH = 72
"""At how many characters mails break their lines."""


def unwrapped(text: str) -> str:
    """Return the text without line breaks that only its width made, and without the rule under its heading."""
    lines = [line for line in text.splitlines() if not line or set(line) != {"="}]
    found: list[str] = []
    before = ""
    for line in lines:
        if _runs_on(before, line):
            found[-1] = f"{found[-1]} {line.strip()}"
        else:
            found.append(line)
        before = line
    return "\n".join(found).strip()


def _runs_on(line: str, following: str) -> bool:
    """Whether the next line begins with a word for which this one had no room."""
    words = following.split()
    if not line.strip() or not words or words[0].startswith(("http", "-", "*")):
        return False
    return len(line) + 1 + len(words[0]) > WIDTH
