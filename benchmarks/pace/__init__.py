"""What `benchmarks/speed.py` measures with: the two assistants as processes, and what is said to them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
