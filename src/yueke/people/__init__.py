"""Markets, families, learners, teachers, staff, and what each channel may do."""
