"""Knowledge -> files that others read: pages, sheets, data, OSCAL."""
