"""The files.* methods: a file is announced, its bytes are received at an address of its own, and it is shared."""

from __future__ import annotations

from .chat import decoded, open_channel, thread_of
from .model import BOT_ID, BOT_USER, Json, Message, RefusedCallError, Upload
from .workspace import Workspace

LARGEST_UPLOAD = 1_000_000_000  # bytes


def begin(workspace: Workspace, params: Json) -> Json:
    """files.getUploadURLExternal: an address for the bytes of a file of that name and length."""
    name, length = str(params.get("filename") or ""), str(params.get("length") or "")
    if not name or not length.isdigit() or not int(length):
        raise RefusedCallError("invalid_arguments")
    if int(length) > LARGEST_UPLOAD:
        raise RefusedCallError("file_upload_size_restricted")
    upload = Upload(workspace.next_id("F"), name, int(length))
    with workspace.lock:
        workspace.uploads[upload.id] = upload
    return {"upload_url": f"{workspace.files_url}{upload.id}", "file_id": upload.id}


def receive(workspace: Workspace, file_id: str, body: bytes) -> tuple[int, str]:
    """The bytes of a file, as many as were announced -> HTTP status and body."""
    with workspace.lock:
        upload = workspace.uploads.get(file_id)
        if upload is None or upload.content is not None or len(body) != upload.length:
            return 400, "invalid"
        upload.content = body
    return 200, f"OK - {len(body)}"


def complete(workspace: Workspace, params: Json) -> Json:
    """files.completeUploadExternal: share files whose bytes have come, in a channel if one is given, by its id."""
    given = decoded("files", params.get("files") or [])
    uploads = [workspace.uploads.get(str(each.get("id"))) for each in given if isinstance(each, dict)]
    found = [each for each in uploads if each is not None and each.content is not None]
    if not found or len(found) != len(given):
        raise RefusedCallError("file_not_found")
    for upload, each in zip(found, given, strict=True):
        upload.title = str(each.get("title") or upload.name)
    if params.get("channel_id"):
        share(workspace, params, [each.as_json() for each in found])
    return {"files": [{"id": each.id, "title": each.title} for each in found]}


def share(workspace: Workspace, params: Json, files: list[Json]) -> None:
    """Post files. Raises RefusedError: channel_not_found, not_in_channel …; a person's id is no channel's."""
    if params["channel_id"] not in workspace.channels:
        raise RefusedCallError("channel_not_found")
    channel = open_channel(workspace, {"channel": params["channel_id"]})
    text = str(params.get("initial_comment") or "")
    message = Message(channel.id, workspace.next_ts(), BOT_USER, text, bot_id=BOT_ID, files=files)
    if params.get("thread_ts"):
        message.thread_ts = thread_of(workspace, channel, params["thread_ts"])
    workspace.add(message)
