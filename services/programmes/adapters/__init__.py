"""Behind the ports that other services answer."""
