"""Answer -> what a person or a program reads: text, JSON, Block Kit. All three say the same."""
