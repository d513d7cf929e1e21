"""Kill, freeze and fail things while work goes on; then heal the system and look for anything lost or done twice."""
