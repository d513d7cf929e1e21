"""`python -m services.matching.engine.warm`: compiles the engine once, before the first match needs it."""

from services.matching.engine import cache


def main() -> None:
    """Compile everything, unless that has been done."""
    if not cache.filled():
        from services.matching.engine.rehearsal import rehearse  # a second of imports that a warm start need not spend

        rehearse()
        cache.fill()


if __name__ == "__main__":
    main()
