"""What people are told: before a lesson, when it changes, when it is cancelled."""
