-- The bits of what so many teachers can do, in order of their numbers: (first number, how many).
SELECT abilities_of(skills, tags) FROM teacher WHERE id >= %s ORDER BY id LIMIT %s
