"""Query, Knowledge -> Matches: what a question is about, learned from how people ask."""
