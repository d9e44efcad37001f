"""Knowledge -> views across all of it: no question is asked, and nothing is learned."""
