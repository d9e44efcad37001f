"""What people see, and what is lost, while something that the bot needs is away."""
