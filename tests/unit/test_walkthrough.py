"""Pages that are followed: how their commands are found, and when what is seen is what they show."""

from pathlib import Path

from tests.walkthrough import Step, fits, plain, steps

QUEUED = "2026-11-29 06:34 | 14 of 284 |"
PAGE = """# A page

```
make setup
```

```console
$ kindred programmes list
Programmes
…
$ kindred visits draft
```

Then:

```console
$ kindred mails list
none
```
"""


def test_commands_are_found_with_what_they_show_and_their_line(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    assert steps(tmp_path / "page.md") == [
        Step(8, "kindred programmes list", ("Programmes", "…")),
        Step(11, "kindred visits draft", ()),
        Step(17, "kindred mails list", ("none",)),
    ]


def test_what_differs_from_run_to_run_is_masked_and_nothing_else() -> None:
    seen = ("  Its id is prg-0cf3929ead714f62.", "", "│ http://127.0.0.1:33581  │ 0.4 s │", "┏━━━━┓", QUEUED)
    assert plain("\n".join(seen)) == [
        "Its id is <id>.", "│ http://127.0.0.1:<port> │ <seconds> │", "┏-┓", "<moment> | 14 of 284 |",
    ]  # fmt: skip
    assert plain("/home/a/kindred/.kindred/services")[0] == plain("/tmp/x/.kindred/services")[0]


def test_an_ellipsis_stands_for_any_lines_and_everything_else_for_itself() -> None:
    assert fits(["a", "…", "d"], ["a", "b", "c", "d"])
    assert fits(["…"], [])
    assert fits(["a", "…"], ["a"])
    assert not fits(["a", "…", "d"], ["a", "b", "c"])
    assert not fits(["a"], ["a", "b"])
    assert not fits(["a", "b"], ["a"])
    assert not fits([], ["a"])
