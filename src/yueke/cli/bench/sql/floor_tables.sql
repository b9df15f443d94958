-- What the floor books, one row a booking.
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;
CREATE UNLOGGED TABLE bench.work (
    turn int PRIMARY KEY, learner_id bigint, teacher_id bigint, starts_at timestamptz,
    course_id bigint, lot_id bigint
);
CREATE SEQUENCE bench.turn CACHE 32
