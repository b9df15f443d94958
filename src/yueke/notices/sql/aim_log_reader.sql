-- Read towards what is committed now: (name).
UPDATE log_reader SET reading = pg_current_snapshot()::text, after_id = scan_from WHERE name = %s
