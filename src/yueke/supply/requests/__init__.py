"""Lesson requests: one teacher is asked for a time that is not open, and says yes or no."""
