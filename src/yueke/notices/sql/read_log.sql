-- The next events of a reader by id, which for one lesson is the order in which they happened:
-- (name, how many).
SELECT e.id, e.market_id, e.at, e.kind, e.channel, e.actor_kind, e.actor_id, e.reason,
       e.lesson_id, e.learner_id, e.teacher_id, e.starts_at, e.data
FROM log_reader r
JOIN event e ON e.id > r.after_id
WHERE r.name = %s
    AND NOT pg_visible_in_snapshot(e.tx, r.read_to::pg_snapshot)
    AND pg_visible_in_snapshot(e.tx, r.reading::pg_snapshot)
ORDER BY e.id
LIMIT %s
