"""People to places: practitioners to projects, heads to one another, small schools to neighbours. Pure."""
