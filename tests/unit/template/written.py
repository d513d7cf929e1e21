"""The template in the language that the product ships: what tests of the language spoil, show and read."""

from pathlib import Path

WRITTEN_FILE = Path(__file__).parents[3] / "services" / "programmes" / "templates" / "project-exchange.yaml"
