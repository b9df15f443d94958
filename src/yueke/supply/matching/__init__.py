"""Matching at entry: learners whose lesson has no teacher wait, and get one of those held."""
