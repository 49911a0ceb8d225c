"""What `benchmarks/conversations.py` rehearses with: the personas, the play, the judges, the page."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
