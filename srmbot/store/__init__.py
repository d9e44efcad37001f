"""What outlives a restart: subscriptions, what is planned, what was seen. The only SQL."""
