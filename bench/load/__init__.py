"""Whether `serve --http` bears a load: beside plain Bolt, under a burst, and after many requests."""
