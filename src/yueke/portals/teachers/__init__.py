"""The pages of teachers: their week, their lessons, their calendar."""
