-- Let plans know how many rules there are.
ANALYZE auto_rule
