"""What maintainers rely on is true: hooks run what `make check` runs, owned paths exist, issue forms can be read."""

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def recipe(target):
    """The commands of a target of the Makefile."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return [line.strip().replace("$(BIN)", ".venv/bin") for line in found[1].splitlines()]


def test_the_hooks_run_what_make_check_runs_and_fetch_nothing():
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == recipe("check")
    assert {(hook["language"], hook["always_run"], hook["pass_filenames"]) for hook in repository["hooks"]} == {
        ("system", True, False)
    }


def test_ci_runs_every_folder_of_tests_once():
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    targets = re.findall(r"^make ([a-z-]+)", run, re.MULTILINE)
    commands = [*(line for target in targets for line in recipe(target)), *re.findall(r'ARGS="(.+)"', run)]
    folders = {path.relative_to(ROOT).parts[1] for path in (ROOT / "tests").glob("*/**/test_*.py")}
    assert sorted(re.findall(r"\btests/(\w+)", " ".join(commands))) == sorted(folders)


def test_every_path_with_owners_exists():
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = [line.split() for line in lines if line and not line.startswith("#")]
    assert owned[0][0] == "*"
    assert [path for path, *_ in owned[1:] if not (ROOT / path.strip("/")).exists()] == []
    assert all(owner.startswith("@") for _, *owners in owned for owner in owners)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_issue_forms_have_what_github_asks_for(form):
    asked = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= asked.keys()
    fields = [field for field in asked["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] and field["id"] for field in fields)
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_the_devcontainer_has_the_python_of_the_images():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    version = container["image"].removeprefix("python:").partition("-")[0]
    assert f"ARG PYTHON={version}" in (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert container["postCreateCommand"].split(" && ") == ["make setup", "deploy/system-packages"]
