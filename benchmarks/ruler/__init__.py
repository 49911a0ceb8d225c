"""What `benchmarks/understanding.py` measures with: the rows, the pupils, the scores, the table."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
