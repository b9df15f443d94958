-- Let a reader begin with what is committed from now on, unless there is one: (name).
INSERT INTO log_reader (name, read_to, reading, after_id, scan_from, safe_id, next_scan_from,
                        next_at)
SELECT %s, pg_current_snapshot()::text, '', 0, 0, 0, last_value, clock_timestamp() FROM row_id
ON CONFLICT (name) DO NOTHING
