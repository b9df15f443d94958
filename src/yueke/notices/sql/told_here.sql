-- What this transaction has appended after a number, by id: (number).
SELECT id, market_id, at, kind, channel, actor_kind, actor_id, reason,
       lesson_id, learner_id, teacher_id, starts_at, data
FROM event
WHERE id > %s AND tx = pg_current_xact_id()
ORDER BY id
