"""How Kindred is run: containers, and real servers as child processes for tests and the demo."""
