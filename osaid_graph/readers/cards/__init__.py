"""Cards of the Hugging Face Hub: Markdown with YAML before it, of a model or of a dataset."""
