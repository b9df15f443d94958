"""Products and their prices, courses, and each learner's progress in them."""
