"""The board of supply: a week's half-hours as they are offered, booked and wanted."""
