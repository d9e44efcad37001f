"""A duty of an organisation's own, of which the built-in knowledge knows nothing."""

OWN_DUTY = """\
- id: zebra
  topic: backups
  owner: customer
  duty: Run the zebra export
  why: Auditors ask for it.
  say: [zebra export]
  source: [https://example.com/zebra]
"""
