"""Auto-booking: what learning partners want for their learners each week, and its plan."""
