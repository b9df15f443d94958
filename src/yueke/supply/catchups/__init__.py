"""Catch-up bookings: what a weekly run missed or a lesson lost since, booked by hand."""
