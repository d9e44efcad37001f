"""Knowledge folders -> Knowledge: read, checked as a whole, and cached."""
