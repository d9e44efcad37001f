"""Files as people write them -> a knowledge folder, with a report of what was read, guessed and left."""
