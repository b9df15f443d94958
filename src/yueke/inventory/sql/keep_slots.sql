-- Say what becomes of slots that are for a target when their lesson is cancelled:
-- (keep, market, teacher, starts, target kind, target).
UPDATE slot
SET kept_on_cancel = %s::boolean
WHERE market_id = %s AND teacher_id = %s AND starts_at = ANY(%s::timestamptz[])
    AND target_kind = %s::text AND target_id = %s::bigint
RETURNING starts_at
