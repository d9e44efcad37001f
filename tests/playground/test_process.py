"""`srmbot run` without tokens, as a process: the page is there, and Ctrl-C ends it."""

import signal

from tests.support.served_app import process


def test_run_opens_the_playground_until_ctrl_c(tmp_path, cache_folder):
    with process(tmp_path, "run", SRMBOT_CACHE=str(cache_folder)) as running:
        running.until(lambda: running.get("/")[0] == 200)
        status, page = running.get("/")
        assert status == 200
        assert "<title>srmbot playground</title>" in page
        assert "%TOKEN%" not in page
        running.stop(signal.SIGINT)
        assert running.end() == 0
    first, *_, where = running.log.splitlines()  # between them may be that it learns
    assert first == "No Slack tokens in the environment or .env (see .env.example): opening the playground."
    assert where.startswith(f"The playground is at http://127.0.0.1:{running.port}/ (Ctrl-C stops it).")
