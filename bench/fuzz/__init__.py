"""What nobody has thought of: changed requests, texts and knowledge files, by the million."""
