"""Overbooked trials: taken without a teacher, and teachers held for them."""
