"""The pages of staff: find, book for a learner, and see who did what."""
