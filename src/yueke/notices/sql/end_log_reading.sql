-- Note that a reader has read all that it read towards: (name).
UPDATE log_reader SET read_to = reading, reading = '', scan_from = safe_id WHERE name = %s
