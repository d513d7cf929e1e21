"""A small year of each released version, message by message, which every later version must be able to replay."""
