"""A folder read over nothing but the built-in names: all checks of its own files, in a fraction of the time."""

from pathlib import Path

from srmbot.knowledge.files import Layer, read_folder
from srmbot.knowledge.load import built_in, load_layers
from srmbot.model import Knowledge

NAMES = ("services", "topics", "controls")  # kinds of files that others refer to


def names_and(folder: Path) -> list[Layer]:
    """The layers of a folder over the built-in names."""
    below = read_folder(built_in(), 0)
    below.files = [file for file in below.files if file.kind in NAMES]
    below.bare = True
    return [below, read_folder(folder, 1)]


def load_light(folder: Path) -> Knowledge:
    """What a folder states; it must be valid.

    Raises:
        KnowledgeError: with every problem found in it.
    """
    return load_layers(names_and(folder))
