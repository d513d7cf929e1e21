"""Groups from schools: formed, matched again, repaired, tried out. Arrays to the engine and back; pure and seeded."""
