"""The days on which a market's schools are closed."""
