"""A school year of made-up people at real schools, played by what people can reach: commands, pages, mail."""
