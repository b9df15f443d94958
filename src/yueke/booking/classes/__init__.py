"""Open classes: lessons that many may book, described, published, and sold again as replays."""
