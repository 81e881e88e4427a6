"""What to document or relicense first: from gaps to the plan that frees most for least."""
