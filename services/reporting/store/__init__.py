"""MongoDB behind the ports. Every call joins the unit of work's transaction where one is open."""
