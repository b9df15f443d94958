-- Where learners are at the times of classes they ask for: (learners, lessons, market).
SELECT cell.learner_id, cell.starts_at, s.lesson_id
FROM unnest(%s::bigint[], %s::bigint[]) asked (learner_id, lesson_id)
JOIN lesson l ON l.id = asked.lesson_id
JOIN seat_cell cell ON cell.market_id = %s AND cell.learner_id = asked.learner_id
    AND cell.starts_at >= l.starts_at
    AND cell.starts_at < l.starts_at + l.cells * interval '30 minutes'
JOIN seat s ON s.id = cell.seat_id
