"""Contracts: standing weekly agreements of a learner with a teacher, made for dual pairs."""
