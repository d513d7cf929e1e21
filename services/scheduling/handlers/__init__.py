"""What scheduling is asked, told and reminded of; each loads, decides, saves and publishes."""
