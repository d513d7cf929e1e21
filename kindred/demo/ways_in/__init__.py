"""Ways in for a newcomer: one address for each role, behind which the demo has signed in as somebody who has it."""
