"""What is tried for groups that find no dates at first, and what makes a complete calendar cheaper."""
