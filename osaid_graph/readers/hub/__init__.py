"""What the API of the Hugging Face Hub gives: a record, a list, or a dump of any length."""
