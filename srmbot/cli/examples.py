"""What people type: below the help of each command."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "ask": (
        'srmbot ask "who patches RDS?"',
        'srmbot ask --service aurora "is a snapshot our job?"',
        'srmbot ask --parent "who sets backup retention on rds?" "and on aurora?"',
        "srmbot ask --jsonl < questions.jsonl",
    ),
    "why": ('srmbot why "who patches RDS?"',),
    "prompt": ("srmbot prompt", "srmbot prompt --knowledge our-knowledge"),
    "matrix": ("srmbot matrix", "srmbot matrix rds dynamo --format markdown"),
    "compare": ('srmbot compare "postgres on ec2" rds', "srmbot compare --topic backups rds dynamo"),
    "sources": ("srmbot sources --format json",),
    "check": ("srmbot check our-knowledge", "srmbot check --coverage"),
    "import": ("srmbot import docs/srm.md CODEOWNERS --into our-knowledge",),
    "export": ("srmbot export --format csv rds aurora", "srmbot export --format markdown --into docs/responsibilities"),
    "test": ("srmbot test our-knowledge",),
    "diff": ("srmbot diff HEAD~1 knowledge", "srmbot diff v1.0 v1.1"),
    "serve": ("srmbot serve --socket", "srmbot serve --http --port 8080"),
    "mcp": ("srmbot mcp", "srmbot mcp --http --port 3001", "srmbot mcp --http --public srm.example.com"),
    "tips": (
        "srmbot tips preview --days 3",
        "srmbot tips --channel C0123 --team T0123 on 09:00 Europe/Lisbon weekdays rds aurora",
    ),
    "migrate": ("srmbot migrate",),
    "playground": ("srmbot playground", "srmbot playground --script talk.txt --transcript talk.html"),
    "run": ("srmbot run",),
    "manifest": ("srmbot manifest > manifest.json",),
    "completion": (
        "srmbot completion bash > ~/.local/share/bash-completion/completions/srmbot",
        'srmbot completion zsh > "${fpath[1]}/_srmbot"',
        "srmbot completion fish > ~/.config/fish/completions/srmbot.fish",
    ),
    "help": ("srmbot help", "srmbot help ask"),
}
