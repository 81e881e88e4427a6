"""What a release says, written in other formats."""
