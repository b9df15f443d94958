"""Dedicated teachers: a learner's own teacher of a product, and time that is theirs first."""
