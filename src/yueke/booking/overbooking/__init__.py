"""Overbooking: lessons booked at a time without a teacher, as many as the strategy allows."""
