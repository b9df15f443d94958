-- No slot outlives its reservation by more than 5 seconds.
WITH reserved AS (
    SELECT * FROM slot WHERE state IN ('open', 'held') AND reserved_until IS NOT NULL
), checked AS (
    SELECT count(*) AS n FROM reserved
), broken AS (
    SELECT format('slot of teacher %%s at %%s was reserved until %%s', teacher_id, starts_at, reserved_until) AS says
    FROM reserved
    WHERE reserved_until < %(now)s::timestamptz - interval '5 seconds'
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
