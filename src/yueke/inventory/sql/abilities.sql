-- Every skill and tag that has a bit of its own: a few dozen.
SELECT word, bit FROM ability
