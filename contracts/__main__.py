"""`python -m contracts check` refuses what breaks released contracts; `release` writes schemas, topology, documents."""

import sys

from contracts import api_document, document, schemas, settings_table, templates_page, topology


def main(arguments: list[str]) -> int:
    """Run `check` or `release`; 0 if all is well."""
    if arguments == ["release"]:
        found = schemas.release()
        topology.FILE.write_text(topology.current(), encoding="utf-8")
        settings_table.write()
        templates_page.FILE.write_text(templates_page.page(), encoding="utf-8")
        document.write()
        api_document.write()
    elif arguments == ["check"]:
        found = [
            *schemas.problems(), *topology.stale(), *settings_table.stale(), *templates_page.stale(),
            *document.stale(), *api_document.stale(),
        ]  # fmt: skip
    else:
        found = ["usage: python -m contracts check|release"]
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
