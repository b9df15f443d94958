-- Once nothing that ran when an id was the last is still running, none before it is missing:
-- (name).
WITH oldest AS (
    SELECT min(xact_start) AS began_at FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
        AND pid <> pg_backend_pid()
), past AS (
    SELECT last_value, clock_timestamp() AS at FROM row_id
)
UPDATE log_reader
SET safe_id = next_scan_from, next_scan_from = past.last_value, next_at = past.at
FROM oldest, past
WHERE name = %s AND (oldest.began_at IS NULL OR oldest.began_at > next_at)
