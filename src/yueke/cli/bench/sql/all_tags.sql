-- Every tag that teachers have.
SELECT DISTINCT unnest(tags) FROM teacher LIMIT 20
