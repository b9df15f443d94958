"""Lessons and the seats in them: the one door through which every seat is taken or left."""
