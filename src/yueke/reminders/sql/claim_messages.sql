-- Claim messages that are due until a time: (until, now, how many).
UPDATE message SET due_at = %s
WHERE id IN (
    SELECT id FROM message WHERE state = 'waiting' AND due_at <= %s
    ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
)
RETURNING id
