"""A server of the tests' own, in a thread."""

import threading
from socketserver import BaseServer

LOOK = 0.005  # seconds between two looks whether it is to end: a run of the tests ends more than a thousand


def serve_in_thread(server: BaseServer) -> None:
    """Serve until `shutdown`, in a thread that keeps no process alive."""
    threading.Thread(target=server.serve_forever, args=(LOOK,), daemon=True).start()
