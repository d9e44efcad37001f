"""srmbot: who owns what under the AWS Shared Responsibility Model."""

__version__ = "0.1.0"
