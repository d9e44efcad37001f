"""What is known, as tools that agents and editors call by the Model Context Protocol (MCP)."""
