"""The product's own matcher on public sets of intents; none of them is part of the project."""
