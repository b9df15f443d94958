"""What other systems are told: the events of the log by webhooks and a broker."""
