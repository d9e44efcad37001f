"""One app in many workspaces: installing it, its tokens, and its end."""
