"""The second programme of the year: the same schools, projects of one carried out by colleagues of another."""
