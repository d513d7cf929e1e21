"""The operator's drills: on docker compose, bring a fault about, see what an operator must see, mend it."""
