"""What those who look after the knowledge get in Slack: additions to it, a weekly digest, answers that came later."""
