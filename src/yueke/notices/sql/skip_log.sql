-- Let a reader leave out all that is committed: (name).
UPDATE log_reader
SET read_to = pg_current_snapshot()::text, reading = '', scan_from = safe_id
WHERE name = %s
