"""What other systems are told: the events of the log by webhooks, each in order for its lesson."""
