"""The pages of parents, teachers and staff."""
