"""What Slack shows, drawn as a tree of HTML elements: for the page, which builds them, and for a transcript as text."""
