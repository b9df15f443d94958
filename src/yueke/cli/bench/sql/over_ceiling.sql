-- At how many half-hours there are more trials without a teacher than the ceiling: (ceiling).
SELECT count(*) FROM (
    SELECT l.starts_at
    FROM lesson l JOIN product p ON p.id = l.product_id
    WHERE p.code = 'trial' AND l.teacher_id IS NULL AND l.state = 'booked'
    GROUP BY l.starts_at
    HAVING count(*) > %s
) full_
