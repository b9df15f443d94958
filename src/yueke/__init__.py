"""Yueke (约课): the booking platform of an online tutoring company."""
